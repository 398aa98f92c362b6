import type { CacheReason, CacheState } from './cache-view.ts';

/** What the provider's cache holds of this prompt, and what this run did to it. Tokens are estimates. */
export type CacheAccount = {
  readonly state: CacheState;
  readonly reason: CacheReason;
  /** The stretch of calls that this prompt belongs to; a new one begins where the cache cannot go on. */
  readonly epoch: number;
  /** At the beginning of the prompt as it is sent: sent before in the same way, so that a cache may serve it. */
  readonly prefixTokens: number;
  /** What the provider has to read anew because of this run. */
  readonly rewrittenTokens: number;
  /** After so many calls behind this one the run has paid for itself; absent where prices are not known, or it never does. */
  readonly breakEvenCalls?: number;
};

/** Money, by the prices that the user gave. */
export type CostAccount = {
  readonly currency: string;
  /** Of the price list. */
  readonly version?: string;
  /** The input of this call as it is sent; absent where it is not known what is cached. */
  readonly after?: number;
  /** As it would have been, where it was compacted. */
  readonly before?: number;
  /** What each later call is cheaper by, where it was compacted. */
  readonly savedPerCall?: number;
  /** What the calls of the summariser cost, failed ones included where they reported their usage. */
  readonly summary?: number;
};

/** What summarisers answered in a run, and what they reported, in tokens. */
export type SummarizerAccount = {
  readonly calls: number;
  /** Of those, the ones that reported nothing. */
  readonly unreported: number;
  readonly inputTokens: number;
  /** Of those, the ones that the provider's cache served, where it told. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
};
