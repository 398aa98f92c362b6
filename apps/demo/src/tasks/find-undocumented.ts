import { calls } from '../script/calls.ts';
import type { Notebook } from '../script/notebook.ts';
import { type Hit, readHits } from '../script/outputs.ts';
import { type Passage, use } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import { countByPath } from './catalogue-schemas.ts';
import type { Task } from './task.ts';

const readCount = 8;

export const findUndocumented: Task = {
  title: 'find undocumented exports',
  prompt:
    'Look for exported functions without a doc comment in the files that export the most. Give the first of ' +
    'them a one-line comment that says where it is used.',
  *play(notebook) {
    const exported = readHits(
      yield* use(calls.grep(String.raw`^export (async )?function\*? \w+`, 'packages', '.ts')),
    );
    const bare: Hit[] = [];
    const paths = countByPath(exported.hits).map(([path]) => path);
    for (const { path, lines } of yield* readAll(paths.slice(0, readCount))) {
      for (const [index, { number, text }] of lines.entries()) {
        const isBare =
          /^export (?:async )?function/u.test(text) && !(lines[index - 1]?.text ?? '').endsWith('*/');
        if (isBare) bare.push({ path, line: number, text });
      }
    }
    const rows = bare.map(({ path, line, text }) => `- ${path}:${line} ${nameIn(text)}`);
    const comment = bare[0] === undefined ? '' : yield* addComment(notebook, bare[0]);
    return `Finding: ${bare.length} undocumented exported functions in ${readCount} files.${comment}\n${rows.join('\n')}`;
  },
};

function* addComment(notebook: Notebook, { path, line, text }: Hit): Passage<string> {
  const name = nameIn(text);
  const users = readHits(yield* use(calls.grep(String.raw`\b${name}\(`, 'packages', '.ts')));
  const others = countByPath(users.hits).filter(([user]) => user !== path);
  const comment = `/** Used in ${others.length === 0 ? 'no other file' : others.map(([user]) => user).join(', ')}. */`;
  const output = yield* use(calls.edit(path, text, `${comment}\n${text}`));
  if (!output.startsWith('ok ')) return ` ${name} could not be given one: ${output}`;
  notebook.noteEdited(path);
  yield* use(calls.read(path, Math.max(1, line - 2), line + 4), 'I look at the result.');
  return ` ${name} has a comment now.`;
}

function nameIn(declaration: string): string {
  return /function\*? (\w+)/u.exec(declaration)?.[1] ?? declaration;
}
