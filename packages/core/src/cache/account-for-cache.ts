import type { Prepared } from '../prepare.ts';
import { balanceOf, breakEvenCalls } from './break-even.ts';
import { noCache } from './cache-memory.ts';
import type { CacheView } from './cache-view.ts';
import type { CacheAccount, CostAccount } from './cost-account.ts';
import { summaryCost } from './meter-summarizers.ts';
import type { Answered } from './meter-summarizers.ts';
import { priceOf } from './prices.ts';
import { rewriteOf } from './rewrite.ts';

export type CacheAndCost = { readonly cache: CacheAccount; readonly cost?: CostAccount };

/** What a run did to the provider's cache, and what that comes to where prices are known. */
export function accountForCache<TItem>(
  { cache, caching, measure, state }: Pick<Prepared<TItem>, 'cache' | 'caching' | 'measure' | 'state'>,
  answers: readonly Answered[],
  /** Of the prompt as it is sent. */
  after: { readonly tokens: number; readonly prefixTokens: number | undefined },
): CacheAndCost {
  const { prices, model } = caching;
  const spliced = {
    before: measure.total,
    after: after.tokens,
    prefix: after.prefixTokens ?? measure.total,
  };
  const rewrite = rewriteOf(cache, spliced);
  const price = priceOf(prices, model);
  const balance = price && balanceOf(price, spliced, rewrite);
  const summary = summaryCost(prices, answers);
  const isSpliced = after.prefixTokens !== undefined;
  const calls = isSpliced && balance && summary !== undefined ? breakEvenCalls(balance, summary) : undefined;
  const isRewritten = isSpliced && spliced.prefix < cache.sharedTokens;
  return {
    cache: {
      state: cache.state,
      reason: cache.reason,
      epoch: (state.cache ?? noCache).epoch + (isRewritten || isBroken(cache) ? 1 : 0),
      prefixTokens: cache.state === 'cold' ? 0 : Math.min(cache.sharedTokens, spliced.prefix),
      rewrittenTokens: rewrite.rewritten,
      ...(calls === undefined ? {} : { breakEvenCalls: calls }),
    },
    ...(prices === undefined || (price === undefined && answers.length === 0)
      ? {}
      : {
          cost: {
            currency: prices.currency,
            ...(prices.version === undefined ? {} : { version: prices.version }),
            ...(isSpliced ? balance : balance && { after: balance.after }),
            ...(answers.length === 0 || summary === undefined ? {} : { summary }),
          },
        }),
  };
}

/** Whether the provider has to read the prompt from its start, whatever the run did. */
function isBroken({ state, reason }: CacheView): boolean {
  return state === 'cold' || reason === 'history_changed';
}
