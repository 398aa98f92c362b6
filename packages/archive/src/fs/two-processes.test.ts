import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FsArchive } from './fs-archive.ts';

const signal = new AbortController().signal;
let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-archive-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

/** One file of JavaScript from the sources: a process of its own knows no TypeScript. */
async function buildWriter(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@clew/source'] },
    ssr: { noExternal: true, resolve: { conditions: ['@clew/source'] } },
    build: {
      ssr: fileURLToPath(new URL('writer.fixture.ts', import.meta.url)),
      outDir: join(path, 'built'),
      rolldownOptions: { output: { entryFileNames: 'writer.mjs' } },
    },
  });
  return join(path, 'built', 'writer.mjs');
}

async function run(script: string, ...args: readonly string[]): Promise<void> {
  const child = fork(script, args, { silent: true });
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
}

it(
  'loses and mixes nothing when two processes store under the same numbers',
  { timeout: 60_000 },
  async () => {
    const count = 25;
    const names = ['left', 'right'];
    const writer = await buildWriter();
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
