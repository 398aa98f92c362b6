import type { CompactPolicy } from './policy.ts';
import type { Window } from './result.ts';

/** Of a trigger that is lower than its share of the window, the target is at most this share. */
const clampedTarget = 0.9;

/**
 * The policy's thresholds in tokens. The trigger is never above the budget, so that a prompt which fits the
 * window but not the reserve is compacted; the target is never above the trigger. A token budget of the policy is
 * a window within the window.
 *
 * @param options.isConfigured whether the limit is the one that the manager was given, and no smaller one
 */
export function windowOf(
  limitTokens: number,
  policy: CompactPolicy,
  { isConfigured = true }: { readonly isConfigured?: boolean } = {},
): Window {
  const { triggerPct, targetPct, tokenBudget = limitTokens } = policy;
  // A reserve was chosen for the window that was configured; of a smaller one it must leave most.
  const hardCapBuffer = isConfigured
    ? policy.hardCapBuffer
    : Math.min(policy.hardCapBuffer, Math.floor(limitTokens / 8));
  const triggerTokens = Math.min(
    Math.floor(limitTokens * triggerPct),
    limitTokens - hardCapBuffer,
    tokenBudget,
  );
  return {
    limitTokens,
    reserveTokens: hardCapBuffer,
    triggerTokens,
    targetTokens: Math.min(
      Math.floor(Math.min(limitTokens, tokenBudget) * targetPct),
      // Where the budget or the reserve pulls the trigger down, there must be room below it all the same.
      triggerTokens < Math.floor(limitTokens * triggerPct)
        ? Math.floor(triggerTokens * clampedTarget)
        : triggerTokens,
    ),
  };
}

/** What a prompt may weigh at most: the window less the reserve. */
export function budgetOf(window: Window): number {
  return window.limitTokens - window.reserveTokens;
}
