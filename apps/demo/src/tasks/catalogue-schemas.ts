import { calls } from '../script/calls.ts';
import { expectSuccess, type Hit, readHits } from '../script/outputs.ts';
import { use } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import type { Task } from './task.ts';

const readCount = 8;
const pattern = String.raw`^export const \w+ = z\.`;

export const catalogueSchemas: Task = {
  title: 'catalogue the zod schemas',
  prompt:
    'Find every exported zod schema and the file it lives in. Read the files that hold the most, and check ' +
    'the count with a script of your own.',
  *play() {
    const found = readHits(yield* use(calls.grep(pattern, 'packages', '.ts')));
    const counts = countByPath(found.hits);
    yield* readAll(counts.slice(0, readCount).map(([path]) => path));
    const counted = expectSuccess(
      yield* use(calls.node('-e', countSchemas), 'A second count, by a script, to be sure.'),
    ).stdout.trim();
    const verdict = Number(counted) === found.total ? 'both counts agree' : `the script counted ${counted}`;
    const top = counts.slice(0, 8).map(([path, count]) => `- ${path}: ${count}`);
    return `Finding: ${found.total} exported schemas in ${found.fileCount} files (${verdict}). Most are in:\n${top.join('\n')}`;
  },
};

export function countByPath(hits: readonly Hit[]): readonly (readonly [path: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { path } of hits) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

const countSchemas = `
import { readdirSync, readFileSync } from 'node:fs';
const paths = readdirSync('packages', { recursive: true }).map(String).filter((path) => path.endsWith('.ts'));
const pattern = new RegExp(${JSON.stringify(pattern)}, 'u');
let count = 0;
for (const path of paths) {
  count += readFileSync('packages/' + path, 'utf8').split('\\n').filter((line) => pattern.test(line)).length;
}
console.log(count);
`;
