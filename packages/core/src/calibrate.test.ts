import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from './counter.ts';
import { chat } from './dialects/chat-dialect.ts';
import { CompactManager } from './manager.ts';
import { conversation } from './testing/conversation.ts';
import type { ChatItem } from './testing/conversation.ts';
import { brokenLaws } from './testing/laws.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };

function managerOf(maxContextTokens = 200_000) {
  return new CompactManager({ model: 'test', maxContextTokens, dialect: chat, counter });
}

const turns = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    user: `question ${index} `.repeat(20),
    calls: [{ tool: 'read', output: `line ${index} `.repeat(100) }],
    answer: `answer ${index} `.repeat(20),
  }));
const talk = (count: number): readonly ChatItem[] => conversation(turns(count), 'You are a test.');

describe('after a report, the estimate', () => {
  it('is what the provider counted, and the laws hold, whatever it counted', async () => {
    const usage = fc.record({
      inputTokens: fc.oneof(fc.nat(3000), fc.nat(60_000), fc.constantFrom(0, 1e9)),
      outputTokens: fc.option(fc.nat(500), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(usage, { minLength: 1, maxLength: 8 }), async (reports) => {
        const manager = managerOf();
        for (const [index, report] of reports.entries()) {
          const items = talk(index + 2);
          const before = await manager.preflight({ sessionId: 's', items });
          expect(brokenLaws(before)).toEqual([]);
          expect(Number.isInteger(before.tokens.before)).toBe(true);
          expect(before.tokens.fixed).toBeGreaterThanOrEqual(0);
          manager.reportUsage('s', report);
        }
      }),
    );
  });

  it('hits what is hidden beside the items, and what the model answered', async () => {
    const manager = managerOf();
    const items = talk(4);
    const first = await manager.preflight({ sessionId: 's', items });
    manager.reportUsage('s', { inputTokens: first.tokens.before + 7000, outputTokens: 90 });
    const answer = { role: 'assistant', content: 'word '.repeat(60) };
    const second = await manager.preflight({ sessionId: 's', items: [...items, answer] });
    expect(second.tokens.before).toBe(first.tokens.before + 7000 + 90);
    expect(brokenLaws(second)).toEqual([]);
  });

  it('does not move for one report about another prompt, but does when the next says the same', async () => {
    const manager = managerOf();
    const items = talk(10);
    const look = async () => (await manager.preflight({ sessionId: 's', items })).tokens.before;
    const first = await look();
    manager.reportUsage('s', { inputTokens: first });
    expect(await look()).toBe(first);
    manager.reportUsage('s', { inputTokens: first * 2 });
    expect(await look()).toBe(first);
    manager.reportUsage('s', { inputTokens: first * 2 });
    expect(await look()).toBe(first * 2);
  });

  it('weighs single items by what the reports say of new ones, so that a limit in tokens is the provider’s', async () => {
    const manager = managerOf();
    let weight = 0;
    let result = await manager.preflight({ sessionId: 's', items: talk(1) });
    const plain = managerOf();
    for (let count = 1; count < 30; count += 1) {
      const items = talk(count);
      weight = (await plain.preflight({ sessionId: `p${count}`, items })).tokens.before;
      result = await manager.preflight({ sessionId: 's', items });
      manager.reportUsage('s', { inputTokens: Math.round(2000 + 1.4 * weight) });
    }
    const stayed = result.tokens.before - result.tokens.fixed;
    expect(stayed / weight).toBeGreaterThan(1.3);
    expect(stayed / weight).toBeLessThan(1.45);
  });

  it('follows a branch without the anchor of the other one', async () => {
    const manager = managerOf();
    const items = talk(12);
    const first = await manager.preflight({ sessionId: 's', items });
    manager.reportUsage('s', { inputTokens: Math.round(first.tokens.before * 1.05) });
    const branch = await manager.preflight({ sessionId: 's', items: items.slice(0, 13) });
    const alone = await managerOf().preflight({ sessionId: 's', items: items.slice(0, 13) });
    expect(branch.tokens.before / alone.tokens.before).toBeCloseTo(1.05, 1);
    expect(brokenLaws(branch)).toEqual([]);
  });

  it('is rebased by a compaction: it says of what stayed what the provider says', async () => {
    const manager = managerOf(12_000);
    const plain = managerOf(1_000_000);
    const provider = async (items: readonly object[], id: string) =>
      Math.round(500 + 1.2 * (await plain.preflight({ sessionId: id, items })).tokens.before);
    let compactions = 0;
    for (let count = 1; count < 60; count += 1) {
      const result = await manager.preflight({ sessionId: 's', items: talk(count) });
      if (result.splice !== undefined) compactions += 1;
      const actual = await provider(result.items, `p${count}`);
      if (count > 3) expect(Math.abs(result.tokens.after / actual - 1)).toBeLessThan(0.05);
      manager.reportUsage('s', { inputTokens: actual });
    }
    expect(compactions).toBeGreaterThan(1);
  });
});

it('tells the estimate, what was counted and the error with the next run', async () => {
  const manager = managerOf();
  const items = talk(4);
  const first = await manager.preflight({ sessionId: 's', items });
  expect(first.calibration).toEqual({ scale: 1, uncertainty: 0.1 });
  const actual = first.tokens.before + 100;
  manager.reportUsage('s', { inputTokens: actual });
  const { calibration } = await manager.preflight({ sessionId: 's', items });
  expect(calibration).toMatchObject({ estimate: first.tokens.before, actual, error: -100 / actual });
  expect(calibration?.uncertainty).toBeLessThan(0.1);
});
