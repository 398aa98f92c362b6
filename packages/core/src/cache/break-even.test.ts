import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceOf, breakEvenCalls } from './break-even.ts';
import type { CacheView } from './cache-view.ts';
import { summaryCost } from './meter-summarizers.ts';
import { inputCost, priceOf } from './prices.ts';
import type { PriceList } from './prices.ts';
import { rewriteOf } from './rewrite.ts';

const warm = (sharedTokens: number): CacheView => ({ state: 'warm', reason: 'read', sharedTokens });
const prices: PriceList = {
  currency: 'USD',
  models: { claude: { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 } },
};
const price = prices.models['claude'] ?? { input: 0, output: 0 };

const splice = fc
  .record({
    prefix: fc.nat(50_000),
    kept: fc.nat(50_000),
    leaves: fc.integer({ min: 1, max: 100_000 }),
    summary: fc.nat(2000),
    fresh: fc.nat(3000),
  })
  .map(({ prefix, kept, leaves, summary, fresh }) => ({
    before: prefix + leaves + kept + fresh,
    after: prefix + summary + kept + fresh,
    prefix,
    shared: prefix + leaves + kept,
  }))
  .filter(({ before, after }) => after < before);

describe('a splice', () => {
  it('has paid for itself after just as many calls as it says, for any prices', () => {
    const amount = fc.double({ min: 0.01, max: 50, noNaN: true });
    const any = fc.record({
      splice,
      input: amount,
      read: amount,
      write: amount,
      summaryCost: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(any, ({ splice: given, input, read, write, summaryCost: cost }) => {
        const of = { input, cachedInput: read, cacheWrite: write, output: 0 };
        const balance = balanceOf(of, given, rewriteOf(warm(given.shared), given));
        expect(balance).toBeDefined();
        if (balance === undefined) return;
        const calls = breakEvenCalls(balance, cost) ?? Infinity;
        const spent = (count: number) => balance.after + cost - count * balance.savedPerCall;
        const rounding = 1e-9 * (balance.before + cost + 1);
        expect(spent(calls)).toBeLessThanOrEqual(balance.before + rounding);
        if (calls > 0) expect(spent(calls - 1)).toBeGreaterThan(balance.before - rounding);
      }),
    );
  });

  it('costs a warm cache what stands behind the cut, and a cold one nothing', () => {
    const given = { before: 108_000, after: 64_000, prefix: 10_000 };
    expect(rewriteOf(warm(107_000), given)).toEqual({
      cachedBefore: 107_000,
      cachedAfter: 10_000,
      rewritten: 53_000,
    });
    const cold = { ...warm(107_000), state: 'cold' as const };
    expect(rewriteOf(cold, given)).toEqual({ cachedBefore: 0, cachedAfter: 0, rewritten: 0 });
    const unknown = { ...warm(107_000), state: 'unknown' as const };
    expect(rewriteOf(unknown, given)).toMatchObject({ cachedBefore: undefined, rewritten: 53_000 });
    const balance = balanceOf(price, given, rewriteOf(warm(107_000), given));
    // (54,000 × 3.75 + 10,000 × 0.3) − (107,000 × 0.3 + 1,000 × 3.75) = 169,650; 44,000 × 0.3 = 13,200 a call.
    expect(balance && breakEvenCalls(balance, 0)).toBe(13);
    const free = balanceOf(price, given, rewriteOf(cold, given));
    expect(free && breakEvenCalls(free, 0.1)).toBe(0);
    expect(balanceOf(price, given, rewriteOf(unknown, given))).toBeUndefined();
  });

  it('costs nothing to cut behind what was sent before', () => {
    const given = { before: 9000, after: 8000, prefix: 7000 };
    expect(rewriteOf(warm(6000), given)).toEqual({ cachedBefore: 6000, cachedAfter: 6000, rewritten: 0 });
  });
});

describe('prices', () => {
  it('are those of the exact model, and no neighbour has one', () => {
    expect(priceOf(prices, 'claude')).toBe(price);
    expect(priceOf(prices, 'claude-2')).toBeUndefined();
    expect(priceOf(prices, 'toString')).toBeUndefined();
  });

  it('charge like any input what no price of a cache is known for', () => {
    expect(inputCost({ input: 2, output: 1 }, { totalTokens: 1_000_000, cachedTokens: 500_000 })).toBe(2);
  });

  it('add up what summarisers answered, and say nothing where something is not known', () => {
    const usage = {
      inputTokens: 10_000,
      outputTokens: 1000,
      cacheReadInputTokens: 4000,
      cacheWriteInputTokens: 1000,
    };
    // 5,000 × 3 + 4,000 × 0.3 + 1,000 × 3.75 + 1,000 × 15 = 34,950
    expect(summaryCost(prices, [{ model: 'claude', usage }])).toBeCloseTo(0.03495, 9);
    expect(
      summaryCost(prices, [
        { model: 'claude', usage },
        { model: 'other', usage },
      ]),
    ).toBeUndefined();
    expect(summaryCost(prices, [{ model: 'claude', usage: undefined }])).toBeUndefined();
    expect(summaryCost(prices, [])).toBe(0);
  });
});
