import type { Call } from '@clew/trace-model';

/** Of the calls whose beginning the cache should have held, those for which the provider reported that it did not. */
export type Misses = { readonly expected: number; readonly missed: readonly Call[] };

/** Less than this share of what stood in the prompt before is a miss. */
const hitShare = 0.5;

/** A call counts where the engine took the cache for warm and the provider said what it read. */
export function unexpectedMisses(calls: readonly Call[]): Misses {
  const told = calls.flatMap((call) => {
    const { cache, usage } = call;
    if (cache?.state !== 'warm' || cache.prefix_tokens === 0 || usage?.cacheReadTokens === undefined)
      return [];
    return [{ call, isMiss: usage.cacheReadTokens < cache.prefix_tokens * hitShare }];
  });
  return { expected: told.length, missed: told.filter(({ isMiss }) => isMiss).map(({ call }) => call) };
}
