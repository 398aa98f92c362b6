import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chat } from './dialects/chat-dialect.ts';
import { CompactManager } from './manager.ts';
import { ladderSteps, pruningModes } from './policy.ts';
import { conversation } from './testing/conversation.ts';
import { brokenLaws } from './testing/laws.ts';

const counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text: string) => Math.ceil(text.length / 4),
} as const;
const text = (max: number) =>
  fc.integer({ min: 1, max }).map((length) => 'src/a.ts is read '.repeat(400).slice(0, length));
const call = fc.record({
  tool: fc.constantFrom('read', 'run'),
  input: fc.constantFrom('{"path":"a"}', '{"path":"b"}'),
  output: text(6000),
});
const turn = fc.record({ user: text(400), calls: fc.array(call, { maxLength: 5 }), answer: text(600) });
const history = fc
  .array(turn, { minLength: 1, maxLength: 12 })
  .map((turns) => conversation(turns, 'You are a test.'));
const policy = fc
  .record({
    ladder: fc
      .shuffledSubarray([...ladderSteps], { minLength: 1 })
      // Stages are how a long history is summarised: alone they are refused.
      .filter((steps) => !steps.includes('stages') || steps.includes('summarize')),
    mode: fc.constantFrom(...pruningModes),
    keepRecentTurns: fc.integer({ min: 1, max: 4 }),
    triggerTurns: fc.option(fc.integer({ min: 4, max: 6 }), { nil: undefined }),
    windowSize: fc.option(fc.integer({ min: 8, max: 20 }), { nil: undefined }),
  })
  .map(({ mode, ...fields }) => ({
    ...fields,
    targetPct: 0.4,
    ...(fields.ladder.some((step) => step === 'clear' || step === 'trim') ? { pruning: mode } : {}),
  }));
const numRuns = Number(process.env['CLEW_PROPERTY_RUNS'] ?? 150);

it('meets the target or says who holds what, and does nothing new when asked again, with any ladder', async () => {
  await fc.assert(
    fc.asyncProperty(history, policy, fc.constantFrom(3000, 6000), async (items, fields, limit) => {
      const managerOf = () =>
        new CompactManager<object>({
          model: 'test',
          maxContextTokens: limit,
          dialect: chat,
          counter,
          policy: { ...fields, hardCapBuffer: 300 },
          newId: () => 'id',
          now: () => 0,
        });
      const manager = managerOf();
      const first = await manager.preflight({ sessionId: 's', items });
      expect(brokenLaws(first)).toEqual([]);
      if (first.outcome !== 'noop_below' && first.tokens.after > first.window.targetTokens) {
        const held = first.shortfall?.heldBy.reduce((sum, { tokens }) => sum + tokens, 0);
        expect(held).toBe(first.tokens.after);
      } else expect(first.shortfall).toBeUndefined();
      const raw = await manager.preflight({ sessionId: 's', items });
      const rolling = await manager.preflight({ sessionId: 's', items: first.items });
      expect(raw.items).toEqual(first.items);
      expect(rolling.items).toEqual(first.items);
      const same = await managerOf().preflight({ sessionId: 's', items });
      expect(same.items).toEqual(first.items);
    }),
    { numRuns },
  );
});
