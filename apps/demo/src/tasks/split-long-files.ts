import { calls } from '../script/calls.ts';
import { isSource, listAll } from '../script/list-all.ts';
import { readShown } from '../script/outputs.ts';
import { type Passage, use } from '../script/playbook.ts';
import type { Task } from './task.ts';

const longLineCount = 150;
const readCount = 3;

export const splitLongFiles: Task = {
  title: 'find files to split',
  prompt:
    `Which source files have more than ${longLineCount} lines? Read the longest ones to their end and propose ` +
    'where each could be split.',
  *play() {
    const sources = (yield* listAll('packages', '.ts')).filter(isSource);
    const byLength = sources.toSorted((a, b) => b.lineCount - a.lineCount || a.path.localeCompare(b.path));
    const long = byLength.filter(({ lineCount }) => lineCount > longLineCount);
    const proposals: string[] = [];
    for (const { path } of byLength.slice(0, readCount)) {
      const starts = yield* declarationsOf(path);
      const middle = starts[Math.floor(starts.length / 2)];
      proposals.push(
        middle === undefined
          ? `- ${path}: one declaration, leave it`
          : `- ${path}: ${starts.length} declarations; split before ${middle.name} (line ${middle.line})`,
      );
    }
    return `Finding: ${long.length} of ${sources.length} source files are over ${longLineCount} lines.\n${proposals.join('\n')}`;
  },
};

type Declaration = { readonly name: string; readonly line: number };

/** The top-level declarations of a file, read to its end. */
function* declarationsOf(path: string): Passage<readonly Declaration[]> {
  const found: Declaration[] = [];
  let from: number | undefined = 1;
  while (from !== undefined) {
    const shown = readShown(yield* use(calls.read(path, from)));
    for (const { number, text } of shown.lines) {
      const name = /^(?:export )?(?:async )?(?:function\*?|class|const|type|interface) (\w+)/u.exec(
        text,
      )?.[1];
      if (name !== undefined) found.push({ name, line: number });
    }
    from = shown.next;
  }
  return found;
}
