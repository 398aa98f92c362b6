import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { calls } from '../script/calls.ts';
import { readHits, readListing, readRun, readShown } from '../script/outputs.ts';
import type { ToolCall } from '../script/playbook.ts';
import { invokeTool } from '../testing/invoke-tool.ts';
import { createSampleRepository } from '../testing/sample-repository.ts';
import { Workspace } from './workspace.ts';

let sample: Awaited<ReturnType<typeof createSampleRepository>>;
let workspace: Workspace;
const call = (wanted: ToolCall) => invokeTool(workspace, wanted);

beforeEach(async () => {
  sample = await createSampleRepository();
  workspace = new Workspace(sample.root, 4000);
});
afterEach(() => sample.dispose());

test('files are listed with their lengths, without dependencies and secrets', async () => {
  const listing = readListing(await call(calls.list()));
  const paths = listing.files.map(({ path }) => path);
  expect(paths).toContain('packages/core/src/items.ts');
  expect(paths).not.toContain('.env');
  expect(paths.some((path) => path.includes('node_modules'))).toBe(false);
  expect(listing.files.find(({ path }) => path === 'packages/core/src/items.ts')?.lineCount).toBe(11);
});

test('a list that is too long comes in pages that together are the whole', async () => {
  const whole = readListing(await call(calls.list()));
  workspace = new Workspace(sample.root, 260);
  const paths: string[] = [];
  let from: number | undefined = 1;
  let pageCount = 0;
  while (from !== undefined) {
    const page = readListing(await call(calls.list(null, null, from)));
    paths.push(...page.files.map(({ path }) => path));
    from = page.next;
    pageCount += 1;
  }
  expect(pageCount).toBeGreaterThan(1);
  expect(paths).toEqual(whole.files.map(({ path }) => path));
});

test('a file that is too long is read in parts that together are the whole', async () => {
  workspace = new Workspace(sample.root, 300);
  const lines: string[] = [];
  let from: number | undefined = 1;
  while (from !== undefined) {
    const shown = readShown(await call(calls.read('packages/core/src/items.ts', from)));
    lines.push(...shown.lines.map(({ text }) => text));
    from = shown.next;
  }
  expect(`${lines.join('\n')}\n`).toBe(
    await readFile(join(sample.root, 'packages/core/src/items.ts'), 'utf8'),
  );
});

test('a range of a file is shown with its own line numbers', async () => {
  const shown = readShown(await call(calls.read('packages/core/src/items.ts', 4, 5)));
  expect(shown.lines.map(({ number }) => number)).toEqual([4, 5]);
  expect(shown.next).toBeUndefined();
});

test('grep counts all matches and names the place of each', async () => {
  const hits = readHits(await call(calls.grep('MAX_ITEM_COUNT', 'packages', '.ts')));
  expect(hits).toMatchObject({ total: 3, fileCount: 2 });
  expect(hits.hits.map(({ path, line }) => `${path}:${line}`)).toEqual([
    'packages/core/src/items.ts:2',
    'packages/core/src/items.ts:8',
    'packages/core/src/limits.ts:1',
  ]);
});

test('an edit replaces exactly what was given, and is on the disk', async () => {
  expect(await call(calls.edit('README.md', '## Use', '## How to use'))).toMatch(
    /^ok edited README\.md: 1 replaced/u,
  );
  expect(await readFile(join(sample.root, 'README.md'), 'utf8')).toContain('## How to use');
});

test.each([
  ['a text that is not there', calls.edit('README.md', 'nowhere', 'x'), /^error old_text does not occur/u],
  ['a text that is there twice', calls.edit('README.md', 'it', 'x'), /^error old_text occurs \d+ times/u],
  ['a file that is not there', calls.edit('nothing.md', 'a', 'b'), /^error nothing\.md does not exist/u],
  ['a new file in place of an old one', calls.create('README.md', 'x'), /^error README\.md exists already/u],
])('an edit of %s is refused with advice', async (_, wanted, message) => {
  expect(await call(wanted)).toMatch(message);
});

test.each([
  calls.read('../outside.txt'),
  calls.read('/etc/hostname'),
  calls.list('..'),
  calls.create('../outside.txt', 'x'),
  calls.node('../outside.mjs'),
])('a path that leads out of the workspace is refused: $input', async (wanted) => {
  expect(await call(wanted)).toMatch(/^error Expected a path inside the workspace/u);
});

test('a link that leads out of the workspace is refused', async () => {
  await symlink('/etc', join(sample.root, 'escape'));
  expect(await call(calls.read('escape/hostname'))).toMatch(/^error Expected a path inside the workspace/u);
});

test('a pattern that is none is an answer, not a failure of the run', async () => {
  expect(await call(calls.grep('('))).toMatch(/^error Invalid regular expression/u);
});

test('a command runs in the workspace and tells its exit code and output', async () => {
  const run = readRun(
    await call(calls.node('-e', "console.log('out'); console.error('err'); process.exitCode = 3;")),
  );
  expect(run).toEqual({ exitCode: 3, stdout: 'out', stderr: 'err' });
  expect(readRun(await call(calls.node('docs/check.mjs'))).exitCode).toBe(0);
});

test('a script that does not parse is found by --check, and the folder of this run is not named', async () => {
  await call(calls.create('scripts/bad.mjs', 'let a = ;\n'));
  const output = await call(calls.node('--check', 'scripts/bad.mjs'));
  expect(output).toContain('SyntaxError');
  expect(output).toMatch(/^failed exit 1/u);
  expect(output).not.toContain(sample.root);
});

test('a command reaches neither files outside, nor other programs, nor the environment', async () => {
  const escape = `
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
for (const attempt of [() => readFileSync('/etc/hostname'), () => spawnSync('ls').error ?? 'ran']) {
  try { console.log(String(attempt())); } catch (error) { console.log(error.code); }
}
console.log(process.env.HOME ?? 'no environment');
`;
  const { stdout } = readRun(await call(calls.node('-e', escape)));
  expect(stdout.split('\n')).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'no environment']);
});

test.each([[['--eval', '1']], [['--inspect', 'docs/check.mjs']], [['test.sh']]])(
  'what is not on the list is not run: node %s',
  async (args) => {
    expect(await call(calls.node(...args))).toMatch(/^error Not allowed/u);
  },
);

test('a long output is cut, and says so', async () => {
  workspace = new Workspace(sample.root, 500);
  const output = await call(calls.node('-e', "console.log('x'.repeat(5000));"));
  expect(output.length).toBeLessThanOrEqual(500);
  expect(output).toMatch(/\[cut: \d+ characters in all\]$/u);
});
