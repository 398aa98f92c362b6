import type { CompactPolicy } from './policy.ts';

/** A summary may run over its limit by this much: a limit in tokens is hard for a model to hit. */
export const summaryTolerance = 1.15;

/** A shorter summary says nothing. */
export const minSummaryTokens = 64;

/** The longest summary of so many tokens that is worth having. */
export function summaryLimitOf(tokens: number, { summaryMaxTokens }: CompactPolicy): number {
  return Math.min(summaryMaxTokens, Math.max(minSummaryTokens, Math.floor(tokens / 2)));
}
