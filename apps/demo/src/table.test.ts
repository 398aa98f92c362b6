import { expect, test } from 'vitest';
import { factsTable } from './table.ts';

const facts = {
  window: 32_000,
  tasks: 13,
  historyTokens: 104_000,
  modelCalls: 80,
  summaryCalls: 4,
  longestPrompt: 27_100,
  overWindow: 0,
  compactions: 2,
  compacted: [
    { outcome: 'compacted', tokensBefore: 27_300, tokensAfter: 12_300 },
    { outcome: 'pruned_only', tokensBefore: 27_500, tokensAfter: 15_000 },
  ],
  recall: { found: 9, of: 10 },
  spans: { emitted: 500, delivered: 500, dropped: 0 },
  url: 'http://127.0.0.1:1',
};

test('the table says what the session came to, a row for each compaction', () => {
  expect(
    factsTable(facts)
      .split('\n')
      .map((line) => line.replace(/ {2,}/gu, ' | ')),
  ).toEqual([
    'context window | 32,000 tokens',
    'history of the session | 104,000 tokens, 3.3 × the window',
    'tasks | 13',
    'model calls | 80 (and 4 for summaries)',
    'longest prompt | 27,100 tokens',
    'prompts over the window | 0',
    'compactions | 2',
    ' | 1 | 27,300 → 12,300 tokens, compacted',
    ' | 2 | 27,500 → 15,000 tokens, pruned_only',
    'facts still known at the end | 9 of 10',
    'spans delivered | 500 of 500',
    'spans dropped | 0',
  ]);
});

test('where nothing was to be recalled, nothing is said of it', () => {
  const { recall: _, ...live } = facts;
  expect(factsTable(live)).not.toContain('still known');
});
