import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Counter } from './counter.ts';
import type { Dialect } from './dialect.ts';
import { agents } from './dialects/agents-dialect.ts';
import { anthropic } from './dialects/anthropic-dialect.ts';
import { chat } from './dialects/chat-dialect.ts';
import { responses } from './dialects/responses-dialect.ts';
import { CompactManager } from './manager.ts';
import type { CompactPolicyInput } from './policy.ts';
import { histories } from './testing/histories.fixture.ts';
import type { History } from './testing/histories.fixture.ts';
import { brokenLaws } from './testing/laws.ts';
import type { Validity } from './validity/validity.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };
const runs = Number(process.env['CLEW_PROPERTY_RUNS'] ?? 15);
const timeoutMillis = 20_000 + runs * 500;

const dialects: readonly (readonly [keyof typeof histories, Dialect<object> & Validity<object>])[] = [
  ['agents', agents],
  ['responses', responses],
  ['chat', chat],
  ['anthropic', anthropic],
];

/** Policies that take as much as they can, in every order that the ladder allows. */
const policy: fc.Arbitrary<CompactPolicyInput> = fc
  .tuple(
    fc.record({
      triggerPct: fc.constantFrom(0.3, 0.85),
      targetPct: fc.constantFrom(0.1, 0.25),
      hardCapBuffer: fc.constantFrom(0, 200),
      keepRecentTurns: fc.integer({ min: 1, max: 4 }),
      keepToolIoPairs: fc.integer({ min: 1, max: 3 }),
      keepRecentTokens: fc.constantFrom(0, 300),
    }),
    fc.constantFrom<CompactPolicyInput>(
      { ladder: ['clear', 'trim', 'summarize', 'digest', 'window'], summaryMaxTokens: 100 },
      { ladder: ['digest', 'window'], summaryMaxTokens: 300 },
      { ladder: ['clear', 'window'] },
      { ladder: ['window'] },
      { ladder: ['trim', 'digest'], trimToolResultTokens: 100 },
    ),
  )
  .map(([keep, rungs]) => ({ ...keep, ...rungs }));
const limit = fc.constantFrom(900, 2000, 5000);
/** Which messages somebody marked: holes that nothing may fill. */
const marks = fc.array(fc.nat(40), { maxLength: 4 });

const textOf = (item: object) => JSON.stringify(item);
const isUnknown = (item: object) =>
  textOf(item).includes('of_another_year') || textOf(item).includes('"critic"');

function managerOf(dialect: Dialect<object>, policyInput: CompactPolicyInput, maxContextTokens: number) {
  let number = 0;
  return new CompactManager<object>({
    model: 'test',
    maxContextTokens,
    dialect,
    counter,
    policy: policyInput,
    newId: () => `id-${(number += 1)}`,
    now: () => 0,
  });
}

/** What a caller may send: the history up to each of its parts. */
function prefixesOf(history: History): readonly (readonly object[])[] {
  return history.map((_, index) => history.slice(0, index + 1).flat());
}

describe.each(dialects)('whatever leaves a history of %s', (name, dialect) => {
  const marked = (history: History, at: readonly number[]): History => {
    let number = 0;
    return history.map((part) =>
      part.map((item) =>
        at.includes((number += 1)) && !isUnknown(item) ? { ...item, protected: true } : item,
      ),
    );
  };
  const isSent = (items: readonly object[]) => dialect.validate(items).length === 0;

  test(
    'the provider accepts what is left, when the whole history is sent again each time',
    async () => {
      let changed = 0;
      await fc.assert(
        fc.asyncProperty(
          histories[name],
          policy,
          limit,
          marks,
          async (history, policyInput, maxTokens, at) => {
            const manager = managerOf(dialect, policyInput, maxTokens);
            for (const items of prefixesOf(marked(history, at)).filter(isSent)) {
              const before = textOf(items);
              const result = await manager.preflight({ sessionId: 's', items });
              if (result.splice !== undefined) changed += 1;
              expect(dialect.validate(result.items)).toEqual([]);
              expect(brokenLaws(result)).toEqual([]);
              expect(result.outcome).not.toBe('invalid');
              expect(result.items.filter(isUnknown)).toEqual(items.filter(isUnknown));
              expect(result.items.some((item) => dialect.hasFlag(item, 'protected'))).toBe(false);
              expect(textOf(items)).toBe(before);
            }
          },
        ),
        { numRuns: runs },
      );
      expect(changed).toBeGreaterThan(runs / 2);
    },
    timeoutMillis,
  );

  test(
    'the provider accepts what is left, when the caller stores what the engine returned',
    async () => {
      await fc.assert(
        fc.asyncProperty(histories[name], policy, limit, async (history, policyInput, maxTokens) => {
          const manager = managerOf(dialect, policyInput, maxTokens);
          let context: readonly object[] = [];
          for (const part of history) {
            context = [...context, ...part];
            if (!isSent(context)) continue;
            const result = await manager.preflight({ sessionId: 's', items: context });
            expect(dialect.validate(result.items)).toEqual([]);
            expect(brokenLaws(result)).toEqual([]);
            context = result.items;
          }
        }),
        { numRuns: runs },
      );
    },
    timeoutMillis,
  );

  test('a mark of ours stays at home, wherever it was put', () => {
    fc.assert(
      fc.property(histories[name], (history) => {
        for (const item of history.flat()) {
          const places = [
            { ...item, protected: true },
            { ...item, metadata: { protected: true } },
          ];
          for (const place of places) expect(dialect.withoutFlag(place, 'protected')).toEqual(item);
        }
      }),
    );
  });
});
