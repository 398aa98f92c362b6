import { calls } from '../script/calls.ts';
import { expectSuccess } from '../script/outputs.ts';
import { use, useAll } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import type { Task } from './task.ts';

const readCount = 4;

export const rankModules: Task = {
  title: 'rank the most imported modules',
  prompt:
    'Which modules are imported most within their package, and which packages import each other? Rank them ' +
    'with a script, read those at the top, and say why so much leans on them.',
  *play() {
    yield* useAll(
      [
        calls.grep(String.raw`from '\./index\.ts'`, 'packages', '.ts'),
        calls.grep(String.raw`from '@clew/`, 'packages', '.ts'),
      ],
      'How are the imports written?',
    );
    const ranking = expectSuccess(yield* use(calls.node('-e', rankImports))).stdout.split('\n');
    const top = ranking.flatMap((row) => row.split(' ')[1] ?? []).slice(0, readCount);
    const shown = yield* readAll(top, 'The top of the list.');
    const reasons = shown.map(({ path, lines }) => {
      const exported = lines.filter(({ text }) => text.startsWith('export ')).length;
      return `- ${path}: exports ${exported} things`;
    });
    return `Finding: the ranking is\n${ranking.join('\n')}\nWhat the first ones give:\n${reasons.join('\n')}`;
  },
};

const rankImports = `
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
const importers = new Map();
for (const entry of readdirSync('packages', { recursive: true }).map(String)) {
  if (!/\\.tsx?$/u.test(entry)) continue;
  const file = 'packages/' + entry;
  for (const [, target] of readFileSync(file, 'utf8').matchAll(/from '(\\.[^']+)'/gu)) {
    const path = posix.join(posix.dirname(file), target);
    if (existsSync(path)) importers.set(path, (importers.get(path) ?? 0) + 1);
  }
}
const ranked = [...importers].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
for (const [path, count] of ranked.slice(0, 12)) console.log(count + ' ' + path);
`;
