import { calls } from '../script/calls.ts';
import { expectEdited, expectSuccess } from '../script/outputs.ts';
import { use, useAll } from '../script/playbook.ts';
import type { Task } from './task.ts';

const path = 'scripts/count-lines.mjs';

export const countLines: Task = {
  title: 'count lines per package',
  prompt: `Write ${path}, which prints the lines of source and of tests per package. Check it and run it.`,
  *play(notebook) {
    expectEdited(yield* use(calls.create(path, script), 'I write the script.'));
    notebook.noteEdited(path);
    expectSuccess(yield* use(calls.node('--check', path), 'Does it parse?'));
    const runs = yield* useAll([calls.node(path), calls.node(path, '--total')]);
    const [report = '', total = ''] = runs.map((output) => expectSuccess(output).stdout.trim());
    return `Finding: ${path} works; ${total} lines in all. Per package (source, tests):\n${report}`;
  },
};

const script = `import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Lines of every TypeScript file below a folder, tests apart from source. */
function count(folder) {
  const sum = { source: 0, tests: 0 };
  for (const entry of readdirSync(folder, { recursive: true }).map(String)) {
    const file = folder + '/' + entry;
    if (!/\\.tsx?$/u.test(entry) || !statSync(file).isFile()) continue;
    const kind = /\\.(test|property)\\.tsx?$/u.test(entry) ? 'tests' : 'source';
    sum[kind] += readFileSync(file, 'utf8').split('\\n').length - 1;
  }
  return sum;
}

const rows = readdirSync('packages').map((name) => [name, count('packages/' + name)]);
if (process.argv.includes('--total')) {
  console.log(rows.reduce((total, [, { source, tests }]) => total + source + tests, 0));
} else {
  for (const [name, { source, tests }] of rows) console.log(name + ' ' + source + ' ' + tests);
}
`;
