import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeSummary } from './offline-summary.ts';

const sections =
  'Goals and success criteria; Entities (ids, file names); Constraints; Decisions; Open actions; Sources';
const digest = 'a'.repeat(64);

const transcript = [
  '## 1 user',
  'Map it. One rule for the whole session: LICENSE must stay as it is.',
  '## 2 call list_files',
  'list_files {}',
  '## 3 result list_files',
  'ok 2 files; showing 2 from 1',
  '## 4 result run_command',
  `ok exit 0: node -e …\n--- stdout\n${digest}  LICENSE`,
  '## 5 result edit_file',
  'ok edited README.md: 1 replaced, 10 -> 12 characters',
  '## 6 result run_command',
  'failed exit 1: node scripts/x.mjs\n--- stderr\nAssertionError [ERR_ASSERTION]: a row',
  '## 7 assistant',
  'Finding: there are 2 packages.',
  '## 8 user',
  'Count the lines.',
].join('\n');

function prompt(text: string, previous?: string): string {
  const before = previous === undefined ? '' : `<previous-summary>\n${previous}\n</previous-summary>\n\n`;
  return `${before}<transcript>\n${text}\n</transcript>\n\nNow write the summary, in at most 500 tokens, with these sections: ${sections}.`;
}

const countTokens = (text: string) => Math.ceil(text.length / 4);
const summarize = (text: string, maxTokens = 1000) => writeSummary(text, { maxTokens, countTokens });

test('the summary says what the transcript says, under the headings that were asked for', () => {
  expect(summarize(prompt(transcript))).toBe(
    [
      '## Goals and success criteria',
      '- asked: Map it. One rule for the whole session: LICENSE must stay as it is.',
      '- asked: Count the lines.',
      '## Entities (ids, file names)',
      `- sha256 ${digest} LICENSE`,
      '- edited: README.md',
      '## Constraints',
      '- rule: One rule for the whole session: LICENSE must stay as it is.',
      '## Decisions',
      '- found: there are 2 packages.',
      '## Open actions',
      '- failed once: AssertionError [ERR_ASSERTION]: a row',
      '- under way: Count the lines.',
      '## Sources',
      '- ran: ok exit 0: node -e …',
      '- ran: failed exit 1: node scripts/x.mjs',
    ].join('\n'),
  );
});

test('what the summary before said is carried over, and names are not repeated', () => {
  const first = summarize(prompt(transcript));
  const later =
    '## 9 result edit_file\nok created docs/b.md: 5 characters\n## 10 result edit_file\nok edited README.md: 1 replaced';
  const second = summarize(prompt(later, first));
  expect(second).toContain('- edited: README.md, docs/b.md');
  expect(second).toContain(`- sha256 ${digest} LICENSE`);
  expect(second).toContain('- rule: One rule');
  expect(second.match(/sha256/gu)).toHaveLength(1);
});

test('lines of a summary that another hand wrote are carried over too', () => {
  expect(summarize(prompt(transcript, '## State\n- The build was red.'))).toContain('- The build was red.');
});

test('the limit is kept, whatever the transcript and the limit are', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('## 3 user', '## 4 assistant', 'Finding: x', 'ok edited a.ts: 1', `${digest}  LICENSE`),
  );
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 100, max: 2000 }), (lines, maxTokens) => {
      expect(countTokens(summarize(prompt(lines.join('\n')), maxTokens))).toBeLessThanOrEqual(maxTokens);
    }),
  );
});

test('the same prompt gives the same summary', () => {
  expect(summarize(prompt(transcript))).toBe(summarize(prompt(transcript)));
});
