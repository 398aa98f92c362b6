/** Reads the outputs of the tools. Each throws where the output is not what its tool writes. */

export type ListedFile = { readonly path: string; readonly lineCount: number };
export type Listing = {
  readonly total: number;
  readonly files: readonly ListedFile[];
  readonly next?: number;
};

export function readListing(output: string): Listing {
  const [head = '', ...rows] = output.split('\n');
  const match = expectMatch(/^ok (\d+) files; showing \d+ from \d+(?:; more from (\d+))?$/u, head);
  const files = rows.map((row) => {
    const [, path = '', lineCount] = expectMatch(/^(.+) (\d+)$/u, row);
    return { path, lineCount: Number(lineCount) };
  });
  return { total: Number(match[1]), files, ...(match[2] !== undefined && { next: Number(match[2]) }) };
}

export type ShownFile = {
  readonly path: string;
  readonly lineCount: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  readonly next?: number;
};

export function readShown(output: string): ShownFile {
  const [head = '', ...rows] = output.split('\n');
  const match = expectMatch(/^ok (.+) lines \d+-\d+ of (\d+)(?:; read on from line (\d+))?$/u, head);
  const lines = rows.map((row) => {
    const [, number, text = ''] = expectMatch(/^(\d+)\t(.*)$/su, row);
    return { number: Number(number), text };
  });
  const next = match[3] === undefined ? {} : { next: Number(match[3]) };
  return { path: match[1] ?? '', lineCount: Number(match[2]), lines, ...next };
}

export type Hit = { readonly path: string; readonly line: number; readonly text: string };
export type Hits = { readonly total: number; readonly fileCount: number; readonly hits: readonly Hit[] };

export function readHits(output: string): Hits {
  const [head = '', ...rows] = output.split('\n');
  const match = expectMatch(/^ok (\d+) matches in (\d+) files; showing \d+$/u, head);
  const hits = rows.map((row) => {
    const [, path = '', line, text = ''] = expectMatch(/^(.+?):(\d+): (.*)$/su, row);
    return { path, line: Number(line), text };
  });
  return { total: Number(match[1]), fileCount: Number(match[2]), hits };
}

export type CommandRun = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export function readRun(output: string): CommandRun {
  const [head = '', ...body] = output.split('\n');
  const match = expectMatch(/^(?:ok|failed) exit (\d+): /u, head);
  const errorsAt = body.indexOf('--- stderr');
  const printed = errorsAt < 0 ? body : body.slice(0, errorsAt);
  return {
    exitCode: Number(match[1]),
    stdout: printed.filter((line, index) => index > 0 || line !== '--- stdout').join('\n'),
    stderr: errorsAt < 0 ? '' : body.slice(errorsAt + 1).join('\n'),
  };
}

/** The output of an edit that was made. */
export function expectEdited(output: string): string {
  expectMatch(/^ok (?:edited|created) /u, output);
  return output.slice('ok '.length);
}

/** A run that ended with exit code 0. */
export function expectSuccess(output: string): CommandRun {
  const run = readRun(output);
  if (run.exitCode !== 0) throw new Error(`Expected exit 0, got: ${output}`);
  return run;
}

function expectMatch(pattern: RegExp, text: string): RegExpExecArray {
  const match = pattern.exec(text);
  if (match === null)
    throw new Error(`Expected ${String(pattern)}, got ${JSON.stringify(text.slice(0, 200))}.`);
  return match;
}
