import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAriadneSink } from './ariadne/ariadne-sink.ts';
import { StrictAriadne } from './testing/strict-ariadne.ts';

// Processes that are ended in every way a process can be. Each span is at the receiver or in the spool, and its end held
// the process that sent it for less than 5 ms (see `PromptCalls`).

let built = '';
let path = '';
let spool = '';
const children: ChildProcess[] = [];
const senders: Ran[] = [];
const closing: (() => Promise<unknown>)[] = [];

/** Files of JavaScript from the sources: a process of its own knows no TypeScript. */
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'clew-built-'));
  const scripts = {
    sender: new URL('sender.fixture.ts', import.meta.url),
    receiver: new URL('receiver.fixture.ts', import.meta.url),
  };
  for (const [name, script] of Object.entries(scripts)) {
    await build({
      configFile: false,
      logLevel: 'silent',
      resolve: { conditions: ['@clew/source'] },
      ssr: { noExternal: true, resolve: { conditions: ['@clew/source'] } },
      build: {
        ssr: fileURLToPath(script),
        outDir: built,
        emptyOutDir: false,
        rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
      },
    });
  }
}, 60_000);
afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-processes-'));
  spool = join(path, 'spool');
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map(expectPrompt));
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(closing.splice(0).map((close) => close()));
  await rm(path, { recursive: true, force: true });
});

type Ran = {
  readonly child: ChildProcess;
  readonly firstLine: Promise<string>;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly errors: string;
  }>;
};

function run(command: string, args: readonly string[]): Ran {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let [output, errors] = ['', ''];
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('\n')) resolve(output.split('\n')[0] ?? '');
    });
  });
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, errors }));
  return { child, firstLine, ended };
}

async function expectPrompt({ firstLine }: Ran): Promise<void> {
  expect(JSON.parse(await firstLine)).toMatchObject({ arePrompt: true });
}

function runSender(command: string, args: readonly string[]): Ran {
  const sender = run(command, args);
  senders.push(sender);
  return sender;
}

const send = (url: string, count: number, ending: string, folder = spool) =>
  runSender(process.execPath, [join(built, 'sender.mjs'), url, folder, String(count), ending]);

async function receive(port = 0) {
  const server = await new StrictAriadne().start(port);
  closing.push(() => server.close());
  const names = () => server.events.filter(({ type }) => type === 'span').map(({ name }) => name ?? '');
  return { server, names };
}

/** What `compactctl flush` does: takes over what is left, and sends it. */
async function replay(url: string) {
  const sink = createAriadneSink({ url, spool: { path: spool } });
  await sink.flush(AbortSignal.timeout(10_000));
  const stats = sink.stats();
  await sink.shutdown(AbortSignal.timeout(1000));
  expect(stats).toMatchObject({ dropped: {}, pending: 0, delivered: stats.emitted });
  return stats;
}

/** An address at which nobody listens yet. */
async function nobody() {
  const server = await new StrictAriadne().start();
  await server.close();
  return { nowhere: server.url, port: Number(new URL(server.url).port) };
}

const count = 500;

describe('a sender that nobody answers leaves every span in the spool', { timeout: 60_000 }, () => {
  test.each([
    ['process.exit() with a full queue', 'exit', undefined, { code: 0 }],
    ['an exception that nobody catches', 'throw', undefined, { code: 1 }],
    ['SIGTERM', 'wait', 'SIGTERM', { signal: 'SIGTERM' }],
    ['SIGTERM, drained', 'drain', 'SIGTERM', { signal: 'SIGTERM' }],
    ['kill -9', 'wait', 'SIGKILL', { signal: 'SIGKILL' }],
    ['the end of its work', 'finish', undefined, { code: 0 }],
  ] as const)('%s', async (_what, ending, signal, expected) => {
    const { nowhere, port } = await nobody();
    const sender = send(nowhere, count, ending);
    await sender.firstLine;
    if (signal !== undefined) sender.child.kill(signal);
    const { code, signal: endedBy, errors } = await sender.ended;
    expect({ code, signal: endedBy }).toMatchObject(expected);
    expect(errors).not.toContain('are lost');

    const { server, names } = await receive(port);
    // A span and the trace that it is the root of.
    expect(await replay(server.url)).toMatchObject({ emitted: 2 * count });
    expect(new Set(names()).size).toBe(count);
    expect(names()).toHaveLength(count);
    expect(readdirSync(spool)).toEqual([]);
  });
});

describe('while a receiver takes what it is sent', { timeout: 60_000 }, () => {
  test('kill -9 of the sender in the middle: what did not arrive is in the spool', async () => {
    const { server, names } = await receive();
    server.failNext({ hang: true, times: 3 });
    const sender = send(server.url, 5000, 'wait');
    await sender.firstLine;
    await new Promise((resolve) => {
      setTimeout(resolve, 700);
    });
    sender.child.kill('SIGKILL');
    await sender.ended;
    server.heal();
    await replay(server.url);
    expect(new Set(names()).size).toBe(5000);
  });

  test('kill -9 of the receiver, twice: what it had not taken is sent to its successor', async () => {
    const file = join(path, 'taken.txt');
    const start = (port: string) => run(process.execPath, [join(built, 'receiver.mjs'), file, port]);
    let receiver = start('0');
    const port = await receiver.firstLine;
    const sender = send(`http://127.0.0.1:${port}/ingest`, 3000, 'drain');
    await sender.firstLine;
    for (let time = 0; time < 2; time += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 15);
      });
      receiver.child.kill('SIGKILL');
      await receiver.ended;
      receiver = start(port);
      await receiver.firstLine;
    }
    await expect
      .poll(() => new Set(readFileSync(file, 'utf8').trim().split('\n')).size, { timeout: 20_000 })
      .toBe(3000);
    sender.child.kill('SIGTERM');
    expect(await sender.ended).toMatchObject({ signal: 'SIGTERM' });
    expect(readdirSync(spool)).toEqual([]);
  });

  test('the end of its work sends what is left before the process ends', async () => {
    const { server, names } = await receive();
    const sender = send(server.url, count, 'finish', '');
    expect(await sender.ended).toEqual({ code: 0, signal: null, errors: '' });
    expect(new Set(names()).size).toBe(count);
  });

  test('two processes share a folder, one after the other is killed, and a third sends all', async () => {
    const { nowhere, port } = await nobody();
    const both = [send(nowhere, 300, 'wait'), send(nowhere, 300, 'wait')] as const;
    await Promise.all(both.map(({ firstLine }) => firstLine));
    for (const { child } of both) child.kill('SIGSTOP');
    const { server, names } = await receive(port);
    // Both live: nothing is taken from them.
    expect(await replay(server.url)).toMatchObject({ emitted: 0 });
    for (const [index, { child, ended }] of both.entries()) {
      child.kill('SIGKILL');
      await ended;
      await replay(server.url);
      expect(new Set(names()).size).toBe(300 * (index + 1));
    }
  });
});

test('without a spool, the exit says how many spans it takes with it', async () => {
  const sender = send((await nobody()).nowhere, count, 'exit', '');
  const { errors } = await sender.ended;
  expect(errors).toContain(`the process ended before ${2 * count} spans were sent`);
});

test.runIf(process.platform === 'linux')(
  'a full disk: memory carries on, one line says so, none is lost',
  async () => {
    const { server, names } = await receive();
    const sender = runSender('bash', [
      '-c',
      // No file may grow beyond 64 KiB: a write then fails as on a disk that is full.
      `trap '' XFSZ; ulimit -f 64; exec "$0" "$@"`,
      process.execPath,
      join(built, 'sender.mjs'),
      server.url,
      spool,
      '2000',
      'finish',
    ]);
    const { code, errors } = await sender.ended;
    expect(code).toBe(0);
    expect(errors.match(/the spool on disk fails/g)).toHaveLength(1);
    expect(new Set(names()).size).toBe(2000);
  },
);
