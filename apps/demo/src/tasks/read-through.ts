import { calls } from '../script/calls.ts';
import { listAll } from '../script/list-all.ts';
import { expectSuccess, type ShownFile } from '../script/outputs.ts';
import { use } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import type { Task } from './task.ts';

const filesPerTask = 9;

/** A question about a line of code, and how a script would ask it. */
type Question = { readonly asks: string; readonly pattern: string };

const questions: readonly Question[] = [
  { asks: 'lines that branch', pattern: String.raw`\b(?:if|switch|case)\b|\?\?` },
  { asks: 'comments', pattern: String.raw`^\s*(?:\*|//|/\*\*)` },
  { asks: 'lines that await something', pattern: String.raw`\bawait\b` },
  { asks: 'imports', pattern: String.raw`^import\b` },
];

/**
 * Endless more work of the same kind: each task reads the longest files of another package, the next ones each
 * time round, and has what it counts checked by a script.
 */
export function readThrough(n: number): Task {
  const question = questions[n % questions.length] ?? { asks: 'exports', pattern: '^export ' };
  return {
    title: `read through, part ${n + 1}`,
    prompt:
      `Read through the repository, part ${n + 1}: take the next package, read its ${filesPerTask} longest files ` +
      `that you have not read for this, and count the ${question.asks}. Check the count with a script.`,
    *play() {
      const folders = (yield* listAll('packages', 'package.json')).map(({ path }) =>
        path.replace(/\/?package\.json$/u, ''),
      );
      const folder = folders[n % folders.length] ?? '';
      const files = (yield* listAll(folder, '.ts')).toSorted((a, b) => b.lineCount - a.lineCount);
      const first = Math.floor(n / folders.length) * filesPerTask;
      // Past the last file it begins again.
      const start = files.length === 0 ? 0 : first % files.length;
      const shown = yield* readAll(files.slice(start, start + filesPerTask).map(({ path }) => path));
      const counts = shown.map(({ path, lines }) => ({ path, count: count(lines, question.pattern) }));
      const sum = counts.reduce((total, file) => total + file.count, 0);
      const script = countIn(shown.map(rangeOf), question.pattern);
      const checked = expectSuccess(yield* use(calls.node('-e', script))).stdout.trim();
      const most = counts.toSorted((a, b) => b.count - a.count)[0];
      return (
        `Finding, part ${n + 1}: ${sum} ${question.asks} in ${shown.length} files of ${folder || 'the root'}; a script says ` +
        `${checked}. ${most === undefined ? 'There was nothing to read.' : `Most are in ${most.path} (${most.count}).`}`
      );
    },
  };
}

type Range = { readonly path: string; readonly from: number; readonly to: number };

function rangeOf({ path, lines }: ShownFile): Range {
  return { path, from: lines[0]?.number ?? 1, to: lines.at(-1)?.number ?? 0 };
}

function count(lines: ShownFile['lines'], pattern: string): number {
  return lines.filter(({ text }) => new RegExp(pattern, 'u').test(text)).length;
}

function countIn(ranges: readonly Range[], pattern: string): string {
  return `
import { readFileSync } from 'node:fs';
const pattern = new RegExp(${JSON.stringify(pattern)}, 'u');
let count = 0;
for (const { path, from, to } of ${JSON.stringify(ranges)}) {
  const lines = readFileSync(path, 'utf8').split('\\n').slice(from - 1, to);
  count += lines.filter((line) => pattern.test(line)).length;
}
console.log(count);
`;
}
