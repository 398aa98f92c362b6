import { calls } from '../script/calls.ts';
import { listAll } from '../script/list-all.ts';
import { expectEdited, expectSuccess, readShown } from '../script/outputs.ts';
import { use, useAll } from '../script/playbook.ts';
import type { Task } from './task.ts';

const line = 'Print the version of the command line with `compactctl --version`.';

export const extendReadme: Task = {
  title: 'extend the README',
  prompt:
    'Add one line about --version to the README, below its first heading, and check that it is there exactly ' +
    'once. If there is no README, write one with a heading and that line.',
  *play(notebook) {
    const readme = (yield* listAll(null, '.md')).find(({ path }) => path === 'README.md')?.path;
    const path = readme ?? 'README.md';
    if (readme === undefined) {
      expectEdited(
        yield* use(calls.create(path, `# ${path}\n\n${line}\n`), 'There is no README: I write one.'),
      );
    } else {
      const shown = readShown(yield* use(calls.read(path)));
      const heading = shown.lines.find(({ text }) => /^#+ /u.test(text))?.text ?? shown.lines[0]?.text ?? '';
      // The heading may occur again further down: its surroundings make it unique.
      const [first = '', next = ''] = followedBy(shown.lines, heading);
      expectEdited(yield* use(calls.edit(path, `${first}\n${next}`, `${first}\n\n${line}\n${next}`)));
    }
    notebook.noteEdited(path);
    const looks = [calls.read(path, 1, 20), calls.node('-e', countLine(path))];
    const [, counted = ''] = yield* useAll(looks, 'How does it look now?');
    const count = expectSuccess(counted).stdout.trim();
    return `Finding: ${path} now has the line about --version ${count} time(s).`;
  },
};

function followedBy(lines: readonly { readonly text: string }[], heading: string): readonly string[] {
  const index = lines.findIndex(({ text }) => text === heading);
  return lines.slice(index, index + 2).map(({ text }) => text);
}

function countLine(path: string): string {
  return `
import { readFileSync } from 'node:fs';
console.log(readFileSync(${JSON.stringify(path)}, 'utf8').split(${JSON.stringify(line)}).length - 1);
`;
}
