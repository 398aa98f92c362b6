import type { CacheAccount, CostAccount } from '@clew/core';
import type { RunRecord } from '@clew/semconv';

export function cacheRecordOf(cache: CacheAccount): RunRecord['cache'] {
  const { state, reason, epoch, prefixTokens, rewrittenTokens, breakEvenCalls } = cache;
  return {
    state,
    reason,
    epoch,
    prefix_tokens: prefixTokens,
    rewritten_tokens: rewrittenTokens,
    break_even_calls: breakEvenCalls,
  };
}

export function costRecordOf({ version, savedPerCall, ...cost }: CostAccount): RunRecord['cost'] {
  return { ...cost, price_version: version, saved_per_call: savedPerCall };
}
