import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { nextTask } from '../in-slices.ts';
import { CompactManager } from '../manager.ts';
import { conversation } from '../testing/conversation.ts';
import type { TurnPlan } from '../testing/conversation.ts';
import { brokenLaws } from '../testing/laws.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { writtenSummary } from '../testing/written-summary.ts';

const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};

const turn: fc.Arbitrary<Omit<TurnPlan, 'user'> & { readonly words: number }> = fc.record({
  words: fc.integer({ min: 1, max: 60 }),
  calls: fc.array(
    fc.record({ tool: fc.constantFrom('read', 'run'), output: fc.integer({ min: 1, max: 300 }).map(say) }),
    { maxLength: 3 },
  ),
  answer: fc.integer({ min: 1, max: 80 }).map(say),
});
/** What happens between two calls: the background gets so many turns of the event loop. */
const step = fc.record({
  more: fc.array(turn, { minLength: 1, maxLength: 4 }),
  rest: fc.nat(3),
  kind: fc.constantFrom('go on', 'go on', 'go on', 'edit', 'by hand', 'overflow'),
});

function say(words: number): string {
  return 'word '.repeat(words);
}

describe('compactions prepared ahead, under any order of events', () => {
  it('keep both laws, in every run and at every call', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 14 }),
        fc.constantFrom('answers', 'takes its time', 'fails'),
        async (steps, mood) => {
          const observer = new RecordingObserver();
          const manager = new CompactManager<object>({
            model: 'test',
            maxContextTokens: 3000,
            dialect: chat,
            counter,
            observer,
            now: () => 0,
            sleep: nextTask,
            policy: { hardCapBuffer: 100, summaryMaxTokens: 200, prepareAheadPct: 0.6 },
            summarizer: {
              name: 'moody',
              summarize: async () => {
                if (mood === 'takes its time') await nextTask();
                if (mood === 'fails') throw new Error('out of order');
                return { text: writtenSummary('- go on') };
              },
            },
          });
          const turns: TurnPlan[] = [];
          for (const { more, rest, kind } of steps) {
            for (const { words, ...plan } of more) {
              turns.push({ ...plan, user: `${turns.length} ${say(words)}` });
            }
            const [first] = turns;
            if (kind === 'edit' && first !== undefined)
              turns[0] = { ...first, user: `edited at ${turns.length}` };
            const request = { sessionId: 's', items: Object.freeze(conversation(turns)) };
            const result =
              kind === 'by hand'
                ? await manager.compact(request)
                : await manager.preflight({
                    ...request,
                    trigger: kind === 'overflow' ? 'overflow' : 'threshold',
                  });
            expect(brokenLaws(result)).toEqual([]);
            expect(result.tokens.after).toBeLessThanOrEqual(result.window.limitTokens);
            for (let task = 0; task < rest; task += 1) await nextTask();
          }
          manager.close();
          // A run that is given up ends at its next breath.
          for (let task = 0; task < 30; task += 1) await nextTask();
          const ended = observer.runs.flatMap(({ result }) => result ?? []);
          expect(ended).toHaveLength(observer.runs.length);
          expect(ended.flatMap((result) => brokenLaws(result))).toEqual([]);
          // What was put in force follows one another without a gap, and at each call once.
          const changed = observer.runs.flatMap(({ result }) =>
            result !== undefined && ['compacted', 'pruned_only', 'fallback'].includes(result.outcome)
              ? [result]
              : [],
          );
          expect(changed.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(
            changed.map((_, index) => index + 1),
          );
          const calls = ended.filter(({ outcome }) => outcome !== 'stale').map(({ callIndex }) => callIndex);
          expect(calls.length - new Set(calls).size).toBeLessThanOrEqual(
            observer.runs.filter(
              ({ start, result }) => start.phase === 'background' && result?.splice === undefined,
            ).length,
          );
        },
      ),
    );
  });
});
