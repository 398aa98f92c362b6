import { calls } from '../script/calls.ts';
import { readHits, readShown } from '../script/outputs.ts';
import { use, useAll } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import { countByPath } from './catalogue-schemas.ts';
import type { Task } from './task.ts';

const lookCount = 3;
const readCount = 4;
const before = 12;
const after = 6;

export const auditErrors: Task = {
  title: 'audit what is thrown',
  prompt:
    'The house rule is that misuse throws a branded error. Find every throw in the packages, and look at the ' +
    'surroundings of those that throw a plain Error.',
  *play() {
    const thrown = readHits(yield* use(calls.grep(String.raw`\bthrow new \w+`, 'packages', '.ts')));
    const inSource = thrown.hits.filter((hit) => !isTest(hit.path));
    const plain = inSource.filter(({ text }) => /throw new (?:Type|Range)?Error\(/u.test(text));
    const guards: string[] = [];
    const around = plain.slice(0, lookCount);
    const ranges = around.map(({ path, line }) => calls.read(path, Math.max(1, line - before), line + after));
    const outputs = (yield* useAll(ranges)).map(readShown);
    for (const [index, shown] of outputs.entries()) {
      const { path, line } = around[index] ?? { path: shown.path, line: 0 };
      const guard = shown.lines.findLast(({ number, text }) => number <= line && /\bif \(/u.test(text));
      guards.push(`- ${path}:${line}${guard === undefined ? '' : `, when ${guard.text.trim()}`}`);
    }
    const most = countByPath(inSource).map(([path]) => path);
    yield* readAll(most.slice(0, readCount), 'Those that throw most, in full.');
    return (
      `Finding: ${thrown.total} throws in ${thrown.fileCount} files; of those shown, ${plain.length} outside of ` +
      `tests are plain errors.\n${guards.join('\n')}`
    );
  },
};

function isTest(path: string): boolean {
  return /\.(?:test|property)\.tsx?$/u.test(path);
}
