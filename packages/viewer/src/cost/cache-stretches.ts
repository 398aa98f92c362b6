import type { Call, CallCache } from '@clew/trace-model';

/** Calls in a row of which the same is known. Positions are those of the calls, from 1, both included. */
export type CacheStretch = {
  readonly from: number;
  readonly to: number;
  /** Absent where nothing was recorded of the cache. */
  readonly cache?: Pick<CallCache, 'state' | 'reason' | 'epoch'>;
  /** Of the latest of them; in tokens. */
  readonly prefixTokens?: number;
  /** What compactions in it had read anew; in tokens. */
  readonly rewrittenTokens?: number;
};

/** Every call lies in just one stretch, in order. */
export function cacheStretches(calls: readonly Call[]): readonly CacheStretch[] {
  const stretches: CacheStretch[] = [];
  for (const { position, cache } of calls) {
    const last = stretches.at(-1);
    if (last !== undefined && isSame(last.cache, cache)) {
      stretches[stretches.length - 1] = { ...last, to: position, ...sizes(cache, last.rewrittenTokens) };
    } else {
      stretches.push({ from: position, to: position, ...(cache && { cache }), ...sizes(cache) });
    }
  }
  return stretches;
}

function sizes(
  cache: CallCache | undefined,
  rewrittenBefore = 0,
): Pick<CacheStretch, 'prefixTokens' | 'rewrittenTokens'> {
  if (cache === undefined) return {};
  return {
    prefixTokens: cache.prefix_tokens,
    rewrittenTokens: rewrittenBefore + cache.rewritten_tokens,
  };
}

function isSame(a: CacheStretch['cache'], b: CacheStretch['cache']): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.state === b.state && a.reason === b.reason && a.epoch === b.epoch;
}
