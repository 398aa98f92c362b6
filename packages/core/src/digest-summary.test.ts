import { describe, expect, it } from 'vitest';
import { chat } from './dialects/chat-dialect.ts';
import { digestSummary } from './digest-summary.ts';
import { categoryOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { conversation } from './testing/conversation.ts';

const count = (text: string) => Math.ceil(text.length / 4);

function entriesOf(items: readonly object[]): readonly Entry<object>[] {
  const mark = { isProtected: false, isSummary: false };
  return items.map((item, ordinal) => {
    const view = chat.inspect(item);
    return { item, view, id: `${ordinal}`, tokens: 1, category: categoryOf(view, mark), ordinal, ...mark };
  });
}

const entries = entriesOf(
  conversation([
    {
      user: 'Fix src/date.ts, but never touch the public API. See https://example.org/dates?zone=1',
      calls: [
        {
          tool: 'run',
          input: '{"command":"pnpm test"}',
          output: 'ok 1\nError: expected 02:30, got 03:30\nok 2',
        },
      ],
      answer: 'The parser loses the zone.',
    },
  ]),
);

describe('the digest', () => {
  it('says as much as fits where no whole line does', () => {
    const long = entriesOf([{ role: 'user', content: 'Mind the time zone. '.repeat(50) }]);
    const text = digestSummary(long, undefined, 30, count);
    expect(text).toMatch(/^## What the user asked\n- Mind the time/u);
    expect(count(text)).toBeLessThanOrEqual(30);
  });

  it('keeps word for word what was asked, concluded, touched, called, and what went wrong', () => {
    const text = digestSummary(entries, undefined, 1000, count);
    for (const fact of [
      'never touch the public API',
      'The parser loses the zone.',
      'src/date.ts',
      'https://example.org/dates?zone=1',
      'Error: expected 02:30, got 03:30',
      'pnpm test',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('carries over the lines of the summary before it', () => {
    const text = digestSummary(entries, '## Goals\n- ship on Friday', 1000, count);
    expect(text).toContain('- ship on Friday');
  });

  it.each([20, 60, 150, 400])('never has more than %i tokens', (maxTokens) => {
    const many = Array.from({ length: 40 }, () => entries).flat();
    expect(count(digestSummary(many, 'a\n'.repeat(50), maxTokens, count))).toBeLessThanOrEqual(maxTokens);
  });

  it('is the same for the same input, and nothing for nothing', () => {
    expect(digestSummary(entries, 'x', 200, count)).toBe(digestSummary(entries, 'x', 200, count));
    expect(digestSummary([], undefined, 200, count)).toBe('');
  });

  it.each([
    'a'.repeat(300_000),
    '/'.repeat(300_000),
    'a-'.repeat(150_000),
    'a/'.repeat(150_000),
    'error '.repeat(50_000),
  ])('ends on hostile text', (hostile) => {
    const text = digestSummary(entriesOf([{ role: 'user', content: hostile }]), hostile, 200, count);
    expect(count(text)).toBeLessThanOrEqual(200);
  });
});
