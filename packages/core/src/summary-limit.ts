import type { CompactPolicy } from './policy.ts';

/** A summary may run over its limit by this much: a limit in tokens is hard for a model to hit. */
export const summaryTolerance = 1.15;

/** A shorter summary says nothing. */
export const minSummaryTokens = 64;

/** The longest summary of so many tokens that is worth having. */
export function summaryLimitOf(
  tokens: number,
  { summaryMaxTokens }: Pick<CompactPolicy, 'summaryMaxTokens'>,
): number {
  return Math.min(summaryMaxTokens, Math.max(minSummaryTokens, Math.floor(tokens / 2)));
}

/**
 * The longest fact sheet for so many tokens: what the policy allows of the target, and never so much that the
 * summary and its sheet would weigh what they stand for.
 */
export function sheetLimitOf(
  tokens: number,
  targetTokens: number,
  policy: Pick<CompactPolicy, 'factSheetPct' | 'factSheetMaxTokens' | 'summaryMaxTokens'>,
): number {
  const allowed = Math.min(policy.factSheetMaxTokens, Math.floor(policy.factSheetPct * targetTokens));
  const room = tokens - summaryLimitOf(tokens, policy) * summaryTolerance;
  return Math.max(0, Math.min(allowed, Math.floor(room * roomRatio)));
}

/** Of what a summary leaves free of the tokens that it stands for. */
const roomRatio = 0.8;
