import { calls } from '../script/calls.ts';
import { isSource, listAll } from '../script/list-all.ts';
import { expectEdited, expectSuccess, type ShownFile } from '../script/outputs.ts';
import { use } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import type { Task } from './task.ts';

const path = 'docs/untested.md';
const readCount = 4;

export const listUntested: Task = {
  title: 'list untested files',
  prompt:
    `Which source files of the packages have no test beside them? Write them to ${path}, longest first, and ` +
    'check that each line names a file that exists. Read the longest few and say what a test should begin with.',
  *play(notebook) {
    const files = yield* listAll('packages', '.ts');
    const all = new Set(files.map((file) => file.path));
    const untested = files
      .filter((file) => isSource(file) && !file.path.endsWith('/index.ts'))
      .filter((file) => !all.has(file.path.replace(/\.ts$/u, '.test.ts')))
      .toSorted((a, b) => b.lineCount - a.lineCount || a.path.localeCompare(b.path));
    const longest = yield* readAll(untested.slice(0, readCount).map((file) => file.path));
    const advice = longest.map(adviseTest);
    const rows = untested.map((file) => `- ${file.path} (${file.lineCount} lines)`);
    expectEdited(yield* use(calls.create(path, `# Without a test beside them\n\n${rows.join('\n')}\n`)));
    notebook.noteEdited(path);
    const missing = expectSuccess(yield* use(calls.node('-e', missingFiles))).stdout.trim();
    return `Finding: ${untested.length} source files have no test beside them; ${missing} named in ${path} do not exist.\n${advice.join('\n')}`;
  },
};

function adviseTest(file: ShownFile): string {
  const names = file.lines.flatMap(
    ({ text }) => /^export (?:async )?(?:function\*?|class|const) (\w+)/u.exec(text)?.[1] ?? [],
  );
  return `- ${file.path}: ${names[0] === undefined ? 'types only, needs none' : `begin with ${names[0]}`}`;
}

const missingFiles = `
import { existsSync, readFileSync } from 'node:fs';
const rows = readFileSync('${path}', 'utf8').split('\\n').filter((row) => row.startsWith('- '));
console.log(rows.filter((row) => !existsSync(row.slice(2).replace(/ \\(.*/u, ''))).length + ' of ' + rows.length);
`;
