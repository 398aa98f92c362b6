import { basename } from 'node:path';
import { forgetfulSummarizer } from './forgetful-summarizer.ts';
import { hindsight } from './hindsight.ts';
import type { Hindsight } from './hindsight.ts';
import { nameKinds } from './names-in.ts';
import { readHistory } from './read-history.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

const files = process.argv.slice(2);
if (files.length === 0)
  throw new Error('Give the recorded sessions (JSONL of pi or Claude Code) to measure.');

print(
  'Of the names that the agent uses later and only the compacted part held: how many are in the result.\n',
);
print(
  '| session | cut | summary | kept | after | sheet | facts | evicted | score | paths in full | paths | URLs | identifiers |',
);
print('|---|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const file of files) {
  const history = readHistory(file);
  for (const cutTokens of [60_000, 100_000, 140_000]) {
    for (const [name, summarizer] of [
      ['digest', undefined],
      ['forgetful model', forgetfulSummarizer],
    ] as const) {
      const seen = await hindsight({ history, cutTokens, keptTokens: 20_000, summarizer });
      if (seen !== undefined) print(rowOf(basename(file), name, seen));
    }
  }
}

function rowOf(
  file: string,
  summary: string,
  { cutTokens, result, recall, pathsInFull, afterTokens, keptTokens }: Hindsight,
) {
  const { retention } = result;
  const recalls = nameKinds.map((kind) => {
    const { found, needed, missed } = recall[kind];
    return `${found}/${needed}${missed.length === 0 ? '' : ` (${missed.slice(0, 5).join(', ')})`}`;
  });
  return `| ${[
    file,
    cutTokens,
    summary,
    keptTokens,
    afterTokens,
    retention?.sheetTokens ?? 0,
    retention?.facts ?? 0,
    retention?.evicted ?? 0,
    retention?.score.toFixed(3) ?? '-',
    pathsInFull,
    ...recalls,
  ].join(' | ')} |`;
}
