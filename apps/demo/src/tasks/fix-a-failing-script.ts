import { calls } from '../script/calls.ts';
import { expectEdited, expectSuccess, readRun } from '../script/outputs.ts';
import { use, useAll } from '../script/playbook.ts';
import type { Task } from './task.ts';

const path = 'scripts/package-table.mjs';
const check = 'scripts/package-table.check.mjs';

export const fixAFailingScript: Task = {
  title: 'make a failing check pass',
  prompt:
    `Write ${path}, which prints a Markdown table of the packages with their versions and descriptions, and ` +
    `${check}, which asserts that the table has a row for every package and that no cell is empty. Make it pass.`,
  *play(notebook) {
    const written = [calls.create(check, checkScript), calls.create(path, tableScript)];
    (yield* useAll(written, 'First the check, and with it the table.')).forEach(expectEdited);
    notebook.noteEdited(check);
    notebook.noteEdited(path);
    let run = readRun(yield* use(calls.node(check)));
    const failure = /AssertionError[^\n]*/u.exec(run.stderr)?.[0];
    if (run.exitCode !== 0) {
      yield* use(calls.read(path), `It fails: ${failure ?? 'see above'}. I look at the script again.`);
      const fixed = yield* use(calls.edit(path, wrongSlice, rightSlice), 'The last package is cut off.');
      expectEdited(fixed);
      run = expectSuccess(yield* use(calls.node(check), 'And once more.'));
    }
    const table = expectSuccess(yield* use(calls.node(path))).stdout;
    return `Finding: ${run.stdout.trim()} The first version failed with: ${failure ?? 'nothing'}.\n${table}`;
  },
};

const wrongSlice = 'names.slice(0, -1)';
const rightSlice = 'names';

const tableScript = `import { existsSync, readdirSync, readFileSync } from 'node:fs';

const names = readdirSync('packages').filter((name) => existsSync('packages/' + name + '/package.json'));
console.log('| package | version | description |');
console.log('| --- | --- | --- |');
for (const name of ${wrongSlice}) {
  const manifest = JSON.parse(readFileSync('packages/' + name + '/package.json', 'utf8'));
  const cells = [manifest.name ?? name, manifest.version ?? 'none', manifest.description ?? 'none'];
  console.log('| ' + cells.join(' | ') + ' |');
}
`;

/** Imports the script with the console listened to. */
const checkScript = `import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';

const printed = [];
console.log = (line) => printed.push(line);
await import('./package-table.mjs');

const expected = readdirSync('packages').filter((name) => existsSync('packages/' + name + '/package.json')).length;
const rows = printed.slice(2);
assert.equal(rows.length, expected, 'a row for every package');
for (const row of rows) assert.doesNotMatch(row, /\\|\\s*\\|/u, 'no empty cell');
process.stdout.write('All ' + rows.length + ' rows are there and full.\\n');
`;
