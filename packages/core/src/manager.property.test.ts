import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from './counter.ts';
import { chat } from './dialects/chat-dialect.ts';
import { CompactManager } from './manager.ts';
import type { CompactPolicyInput } from './policy.ts';
import { conversation } from './testing/conversation.ts';
import type { ChatItem } from './testing/conversation.ts';
import { brokenLaws } from './testing/laws.ts';

/** A counter that costs nothing, so that many histories can be tried. */
const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};

const text = (max: number) =>
  fc
    .tuple(fc.integer({ min: 1, max }), fc.constantFrom('alpha ', 'src/a.ts ', 'error: no ', '日本語 '))
    .map(([length, word]) => word.repeat(Math.ceil(length / word.length)).slice(0, length));

const turn = fc.record({
  user: text(400),
  calls: fc.array(fc.record({ tool: fc.constantFrom('read', 'grep', 'run'), output: text(6000) }), {
    maxLength: 6,
  }),
  answer: text(600),
});
const history = fc
  .array(turn, { minLength: 1, maxLength: 14 })
  .map((turns) => conversation(turns, 'You are a test.'));
const anyPolicy: fc.Arbitrary<CompactPolicyInput> = fc.record({
  triggerPct: fc.constantFrom(0.6, 0.85),
  targetPct: fc.constantFrom(0.3, 0.5),
  hardCapBuffer: fc.constantFrom(0, 300),
  keepRecentTurns: fc.integer({ min: 1, max: 6 }),
  keepToolIoPairs: fc.integer({ min: 1, max: 4 }),
  summaryMaxTokens: fc.constantFrom(100, 400),
  trimToolResultTokens: fc.constantFrom(200, 800),
  ladder: fc.constantFrom<CompactPolicyInput['ladder']>(
    ['clear', 'trim', 'summarize', 'digest', 'window'],
    ['digest', 'window'],
    ['clear', 'window'],
    ['trim', 'digest'],
  ),
});
/** A field that its ladder has no step for would be refused. */
const policy = anyPolicy.map(({ trimToolResultTokens, summaryMaxTokens, ...rest }) => ({
  ...rest,
  ...(rest.ladder?.includes('trim') === true ? { trimToolResultTokens } : {}),
  ...(rest.ladder?.includes('digest') === true ? { summaryMaxTokens } : {}),
}));
const maxContextTokens = fc.constantFrom(2000, 4000, 9000);

function managerOf(policyInput: CompactPolicyInput, limit: number) {
  let number = 0;
  return new CompactManager({
    model: 'test',
    maxContextTokens: limit,
    dialect: chat,
    counter,
    policy: policyInput,
    newId: () => `id-${(number += 1)}`,
    now: () => 0,
  });
}

/**
 * No two messages alike: where a splice has only dropped, a caller who keeps what was left and says the same again
 * cannot be told from one who sends the whole again (decision 2).
 */
function distinct(items: readonly ChatItem[]): readonly ChatItem[] {
  return items.map((item, index) =>
    item['role'] === 'user' ? { ...item, content: `${index} ${String(item['content'])}` } : item,
  );
}

/** Every prefix that ends before the model's turn: after a user message or a tool result. */
function callsOf(items: readonly ChatItem[]): readonly (readonly ChatItem[])[] {
  return items.flatMap((item, index) =>
    item['role'] === 'user' || item['role'] === 'tool' ? [items.slice(0, index + 1)] : [],
  );
}

function deepFreeze<TValue>(value: TValue): TValue {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}

function orphans(given: readonly object[]): readonly string[] {
  const items = given as readonly ChatItem[];
  const open = new Set<unknown>();
  const found: string[] = [];
  for (const item of items) {
    for (const call of (item['tool_calls'] as { id: string }[] | undefined) ?? []) open.add(call.id);
    if (item['role'] === 'tool' && !open.delete(item['tool_call_id'])) found.push('result without call');
  }
  return open.size > 0 ? [...found, 'call without result'] : found;
}

describe('over random histories, the engine', () => {
  const runs = Number(process.env['CLEW_PROPERTY_RUNS'] ?? 150);

  it('keeps both laws, validity and order when the whole history is sent again each time', async () => {
    await fc.assert(
      fc.asyncProperty(history, policy, maxContextTokens, async (items, policyInput, limit) => {
        const manager = managerOf(policyInput, limit);
        for (const prefix of callsOf(deepFreeze(items))) {
          const result = await manager.preflight({ sessionId: 's', items: prefix });
          expect(brokenLaws(result)).toEqual([]);
          expect(orphans(result.items)).toEqual([]);
          expect(result.coverage.seen).toBe(prefix.length);
          expect(result.items[0]).toEqual(prefix[0]);
          expect(result.ledger.map(({ index }) => index).filter((index) => index !== undefined)).toEqual([
            ...prefix.keys(),
          ]);
          if (result.outcome === 'noop_below')
            expect(result.tokens.before).toBeLessThan(result.window.triggerTokens);
          else if (result.outcome !== 'irreducible' && result.splice !== undefined) {
            expect(result.tokens.after).toBeLessThan(result.tokens.before);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  it('keeps both laws when the caller stores what the engine returned', async () => {
    await fc.assert(
      fc.asyncProperty(history, policy, maxContextTokens, async (items, policyInput, limit) => {
        const manager = managerOf(policyInput, limit);
        let context: readonly object[] = [];
        let given = 0;
        for (const prefix of callsOf(distinct(items))) {
          context = [...context, ...prefix.slice(given)];
          given = prefix.length;
          const result = await manager.preflight({ sessionId: 's', items: context });
          expect(brokenLaws(result)).toEqual([]);
          expect(orphans(result.items)).toEqual([]);
          expect(result.coverage.seen).toBe(prefix.length);
          context = result.items;
        }
      }),
      { numRuns: runs },
    );
  });

  it('gives the same result for the same input, and nothing new when asked again', async () => {
    await fc.assert(
      fc.asyncProperty(history, policy, maxContextTokens, async (items, policyInput, limit) => {
        const [left, right] = [managerOf(policyInput, limit), managerOf(policyInput, limit)];
        const first = await left.preflight({ sessionId: 's', items });
        const second = await right.preflight({ sessionId: 's', items });
        expect(second).toEqual(first);
        const again = await left.preflight({ sessionId: 's', items });
        if (first.tokens.after < first.window.triggerTokens) {
          expect(again.items).toEqual(first.items);
          expect(again.outcome).toBe('noop_below');
        }
      }),
      { numRuns: runs },
    );
  });
});
