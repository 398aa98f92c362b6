import { inputCost } from './prices.ts';
import type { ModelPrice } from './prices.ts';
import type { Rewrite, Spliced } from './rewrite.ts';

/** What a splice costs at this call, and what each later one is cheaper by; in the currency of the prices. */
export type Balance = {
  /** The input of this call as it would have been, and as it is. */
  readonly before: number;
  readonly after: number;
  /** What each call after this one is cheaper by: what has left is not read from the cache any more. */
  readonly savedPerCall: number;
};

/** `undefined` where it is not known what the cache holds. */
export function balanceOf(
  price: ModelPrice,
  { before, after }: Spliced,
  { cachedBefore, cachedAfter }: Rewrite,
): Balance | undefined {
  if (cachedBefore === undefined || cachedAfter === undefined) return undefined;
  const { cachedInput = price.input } = price;
  return {
    before: inputCost(price, { totalTokens: before, cachedTokens: cachedBefore }),
    after: inputCost(price, { totalTokens: after, cachedTokens: cachedAfter }),
    savedPerCall: ((before - after) * cachedInput) / 1_000_000,
  };
}

/**
 * After how many calls behind this one a splice has paid for itself; 0 where it does at once, as with a cold cache.
 *
 * @param summaryCost what it costs to have the summary written, in the same currency
 * @returns `undefined` where it never does
 */
export function breakEvenCalls(
  { before, after, savedPerCall }: Balance,
  summaryCost: number,
): number | undefined {
  const extra = after + summaryCost - before;
  if (extra <= 0) return 0;
  return savedPerCall <= 0 ? undefined : Math.ceil(extra / savedPerCall);
}
