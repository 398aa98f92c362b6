import { calls } from '../script/calls.ts';
import { expectEdited, expectSuccess, type Hit, readHits } from '../script/outputs.ts';
import { type Passage, use, useAll } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import type { Task } from './task.ts';

const tryCount = 6;
const maxFileCount = 3;

export const renameConstant: Task = {
  title: 'rename a constant',
  prompt:
    'Choose an exported constant that is used in more than one file, rename it everywhere by appending ' +
    '"Value", and prove that nothing refers to the old name any more.',
  *play(notebook) {
    const exported = readHits(yield* use(calls.grep(String.raw`^export const \w+ =`, 'packages', '.ts')));
    const chosen = yield* findShared(exported.hits);
    if (chosen === undefined) return 'Finding: I found no exported constant that can be renamed safely.';
    const { name, paths } = chosen;
    yield* readAll(paths, `Before I rename ${name}, I read where it is used.`);
    const edits = yield* useAll(paths.map((path) => calls.edit(path, name, `${name}Value`, true)));
    edits.forEach(expectEdited);
    paths.forEach((path) => notebook.noteEdited(path));
    const left = readHits(yield* use(calls.grep(word(name)), 'Is the old name gone?'));
    const proof = expectSuccess(yield* use(calls.node('-e', countWords(name)))).stdout.trim();
    return (
      `Finding: ${name} is now ${name}Value in ${paths.length} files. ` +
      `grep finds ${left.total} references to the old name, and a script of its own finds ${proof}.`
    );
  },
};

/** The first constant that lives in a few files, and whose name is part of no other name. */
function* findShared(
  exported: readonly Hit[],
): Passage<{ readonly name: string; readonly paths: readonly string[] } | undefined> {
  const names = exported.flatMap(({ text }) => /^export const (\w{6,}) =/u.exec(text)?.[1] ?? []);
  for (const name of [...new Set(names)].toSorted((a, b) => b.length - a.length).slice(0, tryCount)) {
    const words = readHits(yield* use(calls.grep(word(name)), `Who refers to ${name}?`));
    if (words.fileCount < 2 || words.fileCount > maxFileCount || words.total > words.hits.length) continue;
    const longer = readHits(yield* use(calls.grep(String.raw`\w${name}|${name}\w`)));
    if (longer.total === 0) return { name, paths: [...new Set(words.hits.map(({ path }) => path))] };
  }
  return undefined;
}

function word(name: string): string {
  return String.raw`\b${name}\b`;
}

function countWords(name: string): string {
  return `
import { readdirSync, readFileSync, statSync } from 'node:fs';
let count = 0;
for (const path of readdirSync('.', { recursive: true }).map(String)) {
  if (statSync(path).isFile()) count += readFileSync(path, 'utf8').split(/\\b${name}\\b/u).length - 1;
}
console.log(count);
`;
}
