import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Notebook } from '../script/notebook.ts';
import { playThrough } from '../testing/play-through.ts';
import { createSampleRepository } from '../testing/sample-repository.ts';
import { Workspace } from '../tools/workspace.ts';
import { readThrough } from './read-through.ts';
import { review } from './review.ts';
import type { Task } from './task.ts';
import { tasks } from './tasks.ts';

let sample: Awaited<ReturnType<typeof createSampleRepository>>;
let workspace: Workspace;
let notebook: Notebook;
const play = (task: Task) => playThrough(task, workspace, notebook);
const read = (path: string) => readFile(join(sample.root, path), 'utf8');
const named = (title: string) => tasks.filter((task) => task.title === title).map(play);

beforeEach(async () => {
  sample = await createSampleRepository();
  workspace = new Workspace(sample.root, 4000);
  notebook = new Notebook();
});
afterEach(() => sample.dispose());

test('every task ends with a finding that the tools bear out, on a small repository', async () => {
  for (const task of [...tasks, readThrough(0), readThrough(1), review]) {
    const { finding, moves } = await play(task);
    expect(finding).toMatch(/^Finding[:,]/u);
    expect(moves).not.toHaveLength(0);
  }
});

test('every task ends with a finding on a repository with next to nothing in it', async () => {
  await sample.dispose();
  sample = await createSampleRepository({ 'packages/one/package.json': '{ "name": "one" }\n' });
  workspace = new Workspace(sample.root, 4000);
  for (const task of [...tasks, readThrough(0), review]) {
    expect((await play(task)).finding).toMatch(/^Finding[:,]/u);
  }
});

test('the titles and prompts of tasks are their own', () => {
  const all = [...tasks, readThrough(0), readThrough(1), review];
  expect(new Set(all.map(({ prompt }) => prompt)).size).toBe(all.length);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
});

describe('what the tasks do', () => {
  test('the map knows who depends on whom', async () => {
    const [finding] = (await Promise.all(named('map the workspace'))).map((end) => end.finding);
    expect(finding).toContain('@sample/app -> @sample/core');
    expect(finding).toContain('no cycle');
    expect([...notebook.digests.keys()]).toEqual(['LICENSE', 'pnpm-workspace.yaml']);
  });

  test('the catalogue counts the schemas, twice', async () => {
    const [end] = await Promise.all(named('catalogue the zod schemas'));
    expect(end?.finding).toContain('2 exported schemas in 1 files (both counts agree)');
  });

  test('the renamed constant is renamed wherever it was', async () => {
    const [end] = await Promise.all(named('rename a constant'));
    expect(end?.finding).toContain('MAX_ITEM_COUNT is now MAX_ITEM_COUNTValue in 2 files');
    expect(end?.finding).toContain('grep finds 0 references');
    expect(await read('packages/core/src/items.ts')).not.toMatch(/MAX_ITEM_COUNT\b/u);
    expect(await read('packages/core/src/limits.ts')).toContain('MAX_ITEM_COUNTValue = 12');
  });

  test('the README has its line below the heading, once', async () => {
    const [end] = await Promise.all(named('extend the README'));
    expect(end?.finding).toContain('1 time(s)');
    expect(await read('README.md')).toMatch(/^# Sample\n\nPrint the version[^\n]+\n\nWhat it is for/u);
  });

  test('the failing check fails, is mended, and passes', async () => {
    const [end] = await Promise.all(named('make a failing check pass'));
    expect(end?.finding).toContain('All 2 rows are there and full.');
    expect(end?.finding).toMatch(/failed with: AssertionError/u);
    expect(end?.finding).toContain('| @sample/core | 1.2.3 | The core. |');
  });

  test('files without a test are listed, and only those', async () => {
    await Promise.all(named('list untested files'));
    const text = await read('docs/untested.md');
    expect(text).toContain('- packages/core/src/limits.ts (1 lines)');
    expect(text).not.toContain('items.ts');
  });

  test('the review finds a frozen file that changed', async () => {
    await Promise.all(named('map the workspace'));
    expect((await play(review)).finding).toContain('no frozen file changed');
    await Promise.all(named('extend the README'));
    notebook.noteDigest('README.md', '0'.repeat(64));
    expect((await play(review)).finding).toContain('these changed: README.md');
  });
});
