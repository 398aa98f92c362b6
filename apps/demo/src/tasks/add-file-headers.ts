import { calls } from '../script/calls.ts';
import { listAll } from '../script/list-all.ts';
import { expectSuccess } from '../script/outputs.ts';
import { useAll } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import type { Task } from './task.ts';

const header = '// SPDX-License-Identifier: MIT';
const maxCount = 3;

export const addFileHeaders: Task = {
  title: 'add file headers',
  prompt: `Give the .mjs files of this repository the header "${header}" and check that each still parses.`,
  *play(notebook) {
    const scripts = (yield* listAll(null, '.mjs')).slice(0, maxCount).map(({ path }) => path);
    const wanting = (yield* readAll(scripts)).flatMap(({ path, lines }) => {
      const [first = '', second = ''] = lines.map(({ text }) => text);
      return first === header || first.startsWith('#!') ? [] : [{ path, start: `${first}\n${second}` }];
    });
    const edits = yield* useAll(
      wanting.map(({ path, start }) => calls.edit(path, start, `${header}\n${start}`)),
    );
    const edited = wanting.filter((_, index) => edits[index]?.startsWith('ok ')).map(({ path }) => path);
    edited.forEach((path) => notebook.noteEdited(path));
    const checks = yield* useAll(edited.map((path) => calls.node('--check', path)));
    checks.forEach(expectSuccess);
    return `Finding: ${edited.length} of ${scripts.length} .mjs files got the header, and each parses with node --check.`;
  },
};
