import { cachedTokensOf } from './cache-view.ts';
import type { CacheView } from './cache-view.ts';

/** A prompt before and after a splice, in tokens. */
export type Spliced = {
  readonly before: number;
  readonly after: number;
  /** Before the first change: instructions, tools, and the items that stay as they are. */
  readonly prefix: number;
};

/** What a splice does to the provider's cache, in tokens. */
export type Rewrite = {
  /** Of the prompt as it was, what the cache serves; `undefined` where that is unknown. */
  readonly cachedBefore: number | undefined;
  /** Of the prompt as it is now. */
  readonly cachedAfter: number | undefined;
  /** What the provider has to read anew because of the splice, the summary included. */
  readonly rewritten: number;
};

export function rewriteOf(view: CacheView, { before, after, prefix }: Spliced): Rewrite {
  const cachedBefore = cachedTokensOf(view);
  const shared = view.state === 'cold' ? 0 : view.sharedTokens;
  if (prefix >= shared) return { cachedBefore, cachedAfter: cachedBefore, rewritten: 0 };
  // Behind what was sent before stands what is new, which is read in any case.
  const fresh = before - shared;
  return {
    cachedBefore,
    cachedAfter: cachedBefore === undefined ? undefined : Math.min(cachedBefore, prefix),
    rewritten: Math.max(0, after - prefix - fresh),
  };
}
