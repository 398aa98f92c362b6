import { inputCost, priceOf } from '@clew/core';
import type { PriceList } from '@clew/core';
import { promptOf } from './recorded-usage.ts';
import type { RecordedUsage } from './recorded-usage.ts';

/** One call as it would have been: how large its prompt is, and how much of it was sent the call before. */
export type ModelledCall = {
  readonly recorded: RecordedUsage;
  readonly promptTokens: number;
  readonly sharedTokens: number;
};

/**
 * What the calls cost, the provider's cache behaving as it was recorded. A prefix that was sent the call before is read from the cache, what follows is written into it; where the recording
 * shows that the cache had forgotten (idle too long, or another server), it has forgotten here too. Output as recorded.
 *
 * @returns nothing where a model has no price
 */
export function modelBill(calls: readonly ModelledCall[], prices: PriceList): number | undefined {
  let [amount, before] = [0, 0];
  for (const { recorded, promptTokens, sharedTokens } of calls) {
    const price = priceOf(prices, recorded.model);
    if (price === undefined) return undefined;
    const recordedPrompt = promptOf(recorded);
    const isCold = recorded.cachedInput < Math.min(before, recordedPrompt) / 2;
    const cachedTokens = before === 0 || isCold ? Math.min(recorded.cachedInput, promptTokens) : sharedTokens;
    amount += inputCost(price, { totalTokens: promptTokens, cachedTokens });
    amount += (recorded.output * price.output) / 1_000_000;
    before = recordedPrompt;
  }
  return amount;
}
