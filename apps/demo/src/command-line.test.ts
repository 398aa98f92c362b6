import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommandLine } from './command-line.ts';
import { createSampleRepository, sampleFiles } from './testing/sample-repository.ts';

/** Enough to read that a session need not go round and round. */
const longFiles = Object.fromEntries(
  Array.from({ length: 24 }, (_, file) => [
    `packages/core/src/table-${file}.ts`,
    Array.from({ length: 60 }, (_row, line) => `export const value${file}x${line} = ${file * line};\n`).join(
      '',
    ),
  ]),
);

let sample: Awaited<ReturnType<typeof createSampleRepository>>;
let stdout: string;
let stderr: string;
let stop: AbortController;

beforeEach(async () => {
  sample = await createSampleRepository({ ...sampleFiles, ...longFiles });
  stdout = '';
  stderr = '';
  stop = new AbortController();
});
afterEach(() => sample.dispose());

function run(...argv: string[]): Promise<number> {
  return runCommandLine({
    argv,
    env: {},
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    signal: stop.signal,
    repository: sample.root,
    viewerRoot: undefined,
    newSessionId: () => 'demo-command-line',
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('without a session', () => {
  test('--help prints the usage', async () => {
    expect(await run('--help')).toBe(0);
    expect(stdout).toMatch(/^Usage:/u);
    expect(stderr).toBe('');
  });

  test('misuse ends with 2, says what is wrong, and leaves standard output alone', async () => {
    expect(await run('--window', 'wide')).toBe(2);
    expect(stderr).toMatch(/^--window: expected a whole number/u);
    expect(stdout).toBe('');
  });

  test('a port that is taken ends with 1 and says so', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await run('--port', String(port))).toBe(1);
    expect(stderr).toMatch(/in use/u);
    server.close();
  });
});

describe('a session', () => {
  test('with --json says the facts on standard output, and keeps the viewer up until Ctrl-C', async () => {
    const ended = run('--json', '--window', '12000', '--port', '0');
    await until(() => stderr.includes('Ctrl-C to stop'));
    const url = /The viewer is at (\S+)/u.exec(stderr)?.[1] ?? '';
    expect(JSON.parse(stdout)).toMatchObject({ window: 12_000, overWindow: 0, spans: { dropped: 0 }, url });
    expect(stderr).toContain('Task 1: ');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    stop.abort();
    expect(await ended).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  }, 60_000);

  test('that is interrupted ends with 130 and leaves nothing behind', async () => {
    const ended = run('--window', '12000', '--port', '0');
    await until(() => stdout.includes('Task 2: '));
    stop.abort();
    expect(await ended).toBe(130);
    expect(stderr).toBe('');
  }, 60_000);
});
