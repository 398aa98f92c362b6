import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { UsageError } from '../usage-error.ts';

export type RecordedValues = {
  /** What the file holds: one value, or one a line. */
  readonly values: readonly unknown[];
  /** Lines that could not be read, with their numbers. */
  readonly problems: readonly string[];
};

/**
 * The JSON of a file: one value however it is laid out, or one value a line. Lines are read as they come, so that a
 * huge recording is never in memory as text; a damaged line is reported with its number and skipped.
 *
 * @throws UsageError where the file cannot be read
 */
export async function readValues(path: string): Promise<RecordedValues> {
  const values: unknown[] = [];
  const problems: string[] = [];
  // Kept only while the first line is no JSON by itself: then the file may be one value on many lines.
  let laidOut: string[] | undefined;
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/u, '') : line;
    if (laidOut !== undefined) laidOut.push(text);
    if (text.trim() === '') continue;
    const value = parse(text);
    if (value === undefined && values.length === 0 && problems.length === 0) laidOut = [text];
    if (value === undefined) problems.push(`${path}:${number}: not JSON, skipped`);
    else values.push(value);
  }
  const whole = laidOut === undefined ? undefined : parse(laidOut.join('\n'));
  return whole === undefined ? { values, problems } : { values: [whole], problems: [] };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  } catch (error) {
    throw new UsageError(
      `${path} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
