import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import type { CompactResult } from '../result.ts';
import { brokenLaws } from '../testing/laws.ts';
import { writtenSummary } from '../testing/written-summary.ts';
import { PrefixCache, quarter } from './prefix-cache.fixture.ts';
import type { PriceList } from './prices.ts';

type Item = Readonly<Record<string, unknown>>;

const minute = 60_000;
const limit = 40_000;
const numRuns = Number(process.env['CLEW_PROPERTY_RUNS'] ?? 100);
const prices: PriceList = {
  currency: 'USD',
  models: {
    test: { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 },
    cheap: { input: 0.25, output: 2 },
  },
};
const words = (tokens: number) => 'a word or two '.repeat(Math.ceil((tokens * 4) / 14));

const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('call' as const), tokens: fc.integer({ min: 50, max: 6000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), tokens: fc.integer({ min: 5, max: 1500 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('tools' as const), tokens: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rest' as const), tokens: fc.integer({ min: 1, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('by hand' as const), tokens: fc.constant(0) }) },
);
const session = fc.record({
  moves: fc.array(move, { minLength: 6, maxLength: 30 }),
  instructions: fc.integer({ min: 10, max: 30_000 }),
  reports: fc.constantFrom('reads and writes' as const, 'reads' as const, 'nothing' as const),
  minReclaimPct: fc.constantFrom(0, 0.1, 0.3),
  maxBreakEvenCalls: fc.option(fc.constantFrom(0, 5, 20, 60), { nil: undefined }),
  idleTriggerPct: fc.option(fc.constantFrom(0.55, 0.7), { nil: undefined }),
  hasSummarizer: fc.boolean(),
});

it('knows what the provider reads, and rewrites a warm cache for no less than it was told to', async () => {
  await fc.assert(
    fc.asyncProperty(session, async ({ moves, instructions, reports, hasSummarizer, ...policy }) => {
      let now = 0;
      let version = 0;
      let number = 0;
      const provider = new PrefixCache({ ttlMillis: 5 * minute, reports });
      const manager = new CompactManager<object>({
        model: 'test',
        maxContextTokens: limit,
        dialect: chat,
        counter: quarter,
        prices,
        policy: { hardCapBuffer: 1000, thrashCompactions: 1000, keepRecentTurns: 2, ...policy },
        now: () => now,
        newId: () => `id-${(number += 1)}`,
        summarizer: hasSummarizer
          ? {
              name: 'cheap',
              model: 'cheap',
              summarize: async () => ({
                text: writtenSummary('- go on'),
                // Less than was planned for: what was planned holds all the more.
                usage: { inputTokens: 10, outputTokens: 10 },
              }),
            }
          : undefined,
      });
      const items: Item[] = [];
      let epoch = 0;
      const ask = async (isByHand: boolean): Promise<CompactResult<object>> => {
        const tools = [`tools ${version}`];
        const request = { sessionId: 's', items: [...items], instructions: words(instructions), tools };
        const result = await (isByHand ? manager.compact(request) : manager.preflight(request));
        const { cache, tokens, window, splice, prefixTokens = Infinity } = result;
        expect(brokenLaws(result)).toEqual([]);
        expect(cache.epoch).toBeGreaterThanOrEqual(epoch);
        ({ epoch } = cache);
        expect(cache.prefixTokens).toBeLessThanOrEqual(Math.min(tokens.after, prefixTokens));
        const isHeld = cache.state === 'warm' && !isByHand && tokens.before <= window.limitTokens - 1000;
        if (isHeld && splice !== undefined && cache.rewrittenTokens > 0) {
          expect(tokens.before - tokens.after).toBeGreaterThanOrEqual(
            policy.minReclaimPct * tokens.before - 1,
          );
          expect(cache.breakEvenCalls ?? Infinity).toBeLessThanOrEqual(policy.maxBreakEvenCalls ?? Infinity);
        }
        if (isByHand) return result;
        const { usage, read } = provider.call(String(version), result, now);
        // The engine knows of a beginning that is cached: the provider reads that much, and nothing of a cold one.
        const slack = 0.02 * tokens.after + 16;
        if (cache.state === 'warm') expect(Math.abs(read - cache.prefixTokens)).toBeLessThanOrEqual(slack);
        if (cache.state === 'cold') expect(read).toBeLessThanOrEqual(slack);
        if (reports === 'nothing') expect(cache.state).not.toBe('warm');
        manager.reportUsage('s', usage);
        return result;
      };
      for (const { kind, tokens } of moves) {
        now += 5000;
        if (kind === 'rest') now += tokens * minute;
        else if (kind === 'tools') version += 1;
        else if (kind === 'ask') items.push({ role: 'user', content: `${items.length} ${words(tokens)}` });
        else if (kind === 'call') {
          const id = `call_${items.length}`;
          items.push(
            {
              role: 'assistant',
              content: null,
              tool_calls: [{ id, type: 'function', function: { name: 'read', arguments: '{}' } }],
            },
            { role: 'tool', tool_call_id: id, content: `${items.length} ${words(tokens)}` },
          );
        }
        if (items.length > 0) await ask(kind === 'by hand');
      }
    }),
    { numRuns },
  );
}, 60_000);
