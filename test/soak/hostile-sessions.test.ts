import { CompactManager, chat } from '@clew/core';
import type { CompactPolicyInput, CompactResult, Counter, Summarizer } from '@clew/core';
import { brokenLaws, writtenSummary } from '@clew/core/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

// Sessions of sizes that nobody wants: results of several windows, tools that fill half of it, a user who pastes a
// book, a summariser that fails or talks too long, a provider that counts otherwise. `pnpm soak` runs a thousand.

type Item = Readonly<Record<string, unknown>>;

/** A counter that costs nothing, so that many sessions can be tried. */
const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };
/** In shares of the window. */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0.001, max: 0.05, noNaN: true }) },
  { weight: 3, arbitrary: fc.double({ min: 0.05, max: 0.4, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0.4, max: 3, noNaN: true }) },
);
const move = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask' as const), size }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('tools' as const),
      sizes: fc.array(size, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('answer' as const), size }) },
);
const policy: fc.Arbitrary<CompactPolicyInput> = fc.record({
  hardCapBuffer: fc.constantFrom(0, 100, 400),
  triggerPct: fc.constantFrom(0.6, 0.85, 1),
  targetPct: fc.constantFrom(0.2, 0.5),
  keepRecentTurns: fc.integer({ min: 1, max: 8 }),
  keepToolIoPairs: fc.integer({ min: 1, max: 8 }),
  thrashCompactions: fc.constantFrom(1, 3),
  thrashCalls: fc.constantFrom(4, 10),
  thrashCooldownCalls: fc.constantFrom(1, 10),
});
const session = fc.record({
  policy,
  limit: fc.constantFrom(1000, 3000, 8000),
  system: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
  tools: fc.double({ min: 0, max: 0.5, noNaN: true }),
  factor: fc.double({ min: 0.7, max: 1.6, noNaN: true }),
  isReporting: fc.boolean(),
  isProtecting: fc.boolean(),
  moves: fc.array(move, { minLength: 4, maxLength: 24 }),
  summarizer: fc.constantFrom('writes', 'talks too long', 'fails', 'refuses', 'none'),
});

const text = (share: number, limit: number) => 'a word or two '.repeat(Math.ceil((share * limit * 4) / 14));

/** Asks of a model, by session. */
function summarizerOf(kind: string, asked: number[], callOf: () => number): Summarizer | undefined {
  if (kind === 'none') return undefined;
  return {
    name: kind,
    summarize: async () => {
      if (asked.at(-1) !== callOf()) asked.push(callOf());
      if (kind === 'fails') throw new Error('503');
      if (kind === 'refuses') return { text: '', refused: true };
      return { text: kind === 'writes' ? writtenSummary('- go on') : 'word '.repeat(9000) };
    },
  };
}

/**
 * What can neither leave nor be shortened, as a share of the budget: instructions, tools, what is protected, the last
 * question and the last answer. What was not read yet may take half of the budget beside it, and a summary some.
 */
function floorOf({ met, tokens, window }: CompactResult<object>): number {
  const said = (role: string) => met.findLast((row) => row.kind === 'message' && row.role === role);
  const rows = new Set([said('user'), said('assistant'), ...met.filter(({ fate }) => fate === 'protected')]);
  const held = [...rows].reduce((sum, row) => sum + (row?.tokens ?? 0), tokens.fixed);
  return held / (window.limitTokens - window.reserveTokens);
}

/** As many sessions as take a few seconds. */
const few = 300;

it('sends nothing over its budget in hostile sessions, and asks no model too often', async ({ task }) => {
  const runs = Number(process.env['CLEW_SOAK_SESSIONS'] ?? few);
  let calls = 0;
  let askedCalls = 0;
  const outcomes = new Map<string, number>();
  const overBudget: string[] = [];
  await fc.assert(
    fc.asyncProperty(session, async ({ moves, limit, factor, ...given }) => {
      const asked: number[] = [];
      let call = 0;
      let number = 0;
      const manager = new CompactManager<object>({
        model: 'test',
        maxContextTokens: limit,
        dialect: chat,
        counter,
        policy: given.policy,
        summarizer: summarizerOf(given.summarizer, asked, () => call),
        isProtected: (_, item) => given.isProtecting && 'pinned' in item,
        newId: () => `id-${(number += 1)}`,
        now: () => call * 1000,
        sleep: async () => {},
      });
      const items: Item[] = [{ role: 'system', content: text(given.system, limit) }];
      const preflight = async (): Promise<CompactResult<object>> => {
        call += 1;
        const request = { sessionId: 's', items: [...items], tools: [text(given.tools, limit)] };
        const result = await manager.preflight(request);
        expect(brokenLaws(result)).toEqual([]);
        outcomes.set(result.outcome, (outcomes.get(result.outcome) ?? 0) + 1);
        const { limitTokens, reserveTokens } = result.window;
        if (result.tokens.after > limitTokens - reserveTokens && result.outcome !== 'irreducible') {
          overBudget.push(`${result.outcome}: ${result.tokens.after} of ${limitTokens}`);
        }
        if (result.outcome === 'irreducible') expect(floorOf(result)).toBeGreaterThan(1 / 3);
        if (result.outcome === 'futile') {
          expect(result.advice).toMatch(/would not help.*tried again at call/su);
          expect(result.thrash?.retryAtCall).toBeGreaterThan(result.callIndex);
        }
        if (given.isReporting) {
          manager.reportUsage('s', {
            inputTokens: Math.ceil(result.tokens.after * factor),
            outputTokens: 20,
          });
        }
        return result;
      };
      for (const next of moves) {
        if (next.kind === 'ask') {
          items.push({
            role: 'user',
            content: text(next.size, limit),
            ...(items.length % 7 === 1 ? { pinned: true } : {}),
          });
          await preflight();
        } else if (next.kind === 'answer') items.push({ role: 'assistant', content: text(next.size, limit) });
        else {
          const asks = next.sizes.map((_, index) => ({
            id: `call_${items.length}_${index}`,
            type: 'function',
            function: { name: 'read', arguments: '{}' },
          }));
          items.push({ role: 'assistant', content: null, tool_calls: asks });
          for (const [index, share] of next.sizes.entries()) {
            items.push({ role: 'tool', tool_call_id: asks[index]?.id, content: text(share, limit) });
          }
          await preflight();
        }
      }
      calls += call;
      askedCalls += asked.length;
      const { thrashCompactions = 3, thrashCalls = 10 } = given.policy;
      expect(asked.length).toBeLessThanOrEqual(thrashCompactions * Math.ceil(call / thrashCalls));
    }),
    { numRuns: runs },
  );
  Object.assign(task.meta, {
    soak: {
      sessions: runs,
      calls,
      askedCalls,
      overBudget: overBudget.length,
      outcomes: Object.fromEntries(outcomes),
    },
  });
  expect(overBudget).toEqual([]);
  // Each of these was met: the sessions are hostile enough.
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining(['compacted', 'pruned_only', 'fallback', 'futile', 'irreducible', 'noop_below']),
  );
}, 600_000);
