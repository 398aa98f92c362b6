import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FsArchive } from './fs-archive.ts';
import { FsRunLog } from './fs-run-log.ts';
import { FsSessionStore } from './fs-session-store.ts';

const signal = new AbortController().signal;
let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-archive-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

/** One file of JavaScript from the sources: a process of its own knows no TypeScript. */
async function built(fixture: URL): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@clew/source'] },
    ssr: { noExternal: true, resolve: { conditions: ['@clew/source'] } },
    build: {
      ssr: fileURLToPath(fixture),
      outDir: join(path, 'built'),
      rolldownOptions: { output: { entryFileNames: 'built.mjs' } },
    },
  });
  return join(path, 'built', 'built.mjs');
}

async function run(script: string, ...args: readonly string[]): Promise<NodeJS.Signals | undefined> {
  const child = fork(script, args, { silent: true });
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors += String(chunk)));
  const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  expect({ code, errors }).toEqual({ code: killedBy === null ? 0 : null, errors: '' });
  return killedBy ?? undefined;
}

it(
  'loses and mixes nothing when two processes store under the same numbers',
  { timeout: 60_000 },
  async () => {
    const count = 25;
    const names = ['left', 'right'];
    const writer = await built(new URL('writer.fixture.ts', import.meta.url));
    const folder = join(path, 'archive');
    await Promise.all(names.map((name) => run(writer, folder, name, String(count))));
    const archive = new FsArchive({ path: folder });
    const found = new Map<string, number>();
    for await (const object of archive.list('shared', signal)) {
      const { items } = await archive.read('shared', object.location, signal);
      found.set(object.step, (found.get(object.step) ?? 0) + 1);
      if (object.step === 'summary') continue;
      const name = object.runId.split('-')[0];
      expect(items).toHaveLength(20);
      expect(
        items.every((item, line) => String(item).startsWith(`${name} ${object.sequence} ${line} `)),
      ).toBe(true);
      expect(object.rows?.map(({ id }) => id)).toEqual(items.map((_, line) => `${object.runId}-${line}`));
    }
    expect(Object.fromEntries(found)).toEqual({ transcript: count * names.length, summary: count });
    const files = await readdir(join(folder, 'shared'));
    expect(files.filter((file) => file.startsWith('transcript-'))).toHaveLength(count * names.length);
    expect(files.filter((file) => file.startsWith('summary-'))).toHaveLength(count);
  },
);

it('lets one process at a time work on a session', { timeout: 60_000 }, async () => {
  const holder = await built(new URL('holder.fixture.ts', import.meta.url));
  const folder = join(path, 'sessions');
  await Promise.all(Array.from({ length: 3 }, () => run(holder, folder, '15')));
  const store = new FsSessionStore({ path: folder });
  expect(await store.load('shared', signal)).toEqual({ count: 45 });
  expect(await readdir(join(folder, 'shared'))).toEqual(['state.json']);
});

it('does not wait for a process that died with the lock', { timeout: 60_000 }, async () => {
  const holder = await built(new URL('holder.fixture.ts', import.meta.url));
  const folder = join(path, 'sessions');
  expect(await run(holder, folder, '0')).toBe('SIGKILL');
  expect(await readdir(join(folder, 'shared'))).toEqual(['state.lock']);
  // Its time is not up for five minutes.
  const release = await new FsSessionStore({ path: folder }).lock('shared', AbortSignal.timeout(5000));
  await release();
  expect(await readdir(join(folder, 'shared'))).toEqual([]);
});

it(
  'neither loses nor mixes lines of a log that two processes write, one of which is killed',
  { timeout: 60_000 },
  async () => {
    const writer = await built(new URL('run-log-writer.fixture.ts', import.meta.url));
    const folder = join(path, 'logs');
    const said: string[] = [];
    const start = (name: string, count: number) => {
      const child = fork(writer, [folder, name, String(count)], { silent: true });
      child.stdout?.on('data', (chunk) => said.push(...String(chunk).split('\n').filter(Boolean)));
      return child;
    };
    const [killed, left] = [start('killed', 1_000_000), start('left', 300)];
    const ended = Promise.all([once(killed, 'close'), once(left, 'exit')]);
    while (said.filter((id) => id.startsWith('killed')).length < 100)
      await once(killed.stdout ?? killed, 'data');
    killed.kill('SIGKILL');
    await ended;
    const found: string[] = [];
    for await (const line of new FsRunLog({ path: folder }).read('shared', signal)) {
      if (line.type !== 'item') continue;
      found.push(line.id);
      expect(String(line.item).startsWith(line.id.replace('-', ' '))).toBe(true);
    }
    expect(found).toEqual(expect.arrayContaining(said));
    expect(found.filter((id) => id.startsWith('left'))).toHaveLength(300);
  },
);
