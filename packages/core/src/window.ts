import type { CompactPolicy } from './policy.ts';
import type { Window } from './result.ts';

/**
 * The policy's thresholds in tokens. The trigger is never above the budget, so that a prompt which fits the
 * window but not the reserve is compacted; the target is never above the trigger. A token budget of the policy is
 * a window within the window.
 */
export function windowOf(limitTokens: number, policy: CompactPolicy): Window {
  const { hardCapBuffer, triggerPct, targetPct, tokenBudget = limitTokens } = policy;
  const triggerTokens = Math.min(
    Math.floor(limitTokens * triggerPct),
    limitTokens - hardCapBuffer,
    tokenBudget,
  );
  return {
    limitTokens,
    reserveTokens: hardCapBuffer,
    triggerTokens,
    targetTokens: Math.min(Math.floor(Math.min(limitTokens, tokenBudget) * targetPct), triggerTokens),
  };
}

/** What a prompt may weigh at most: the window less the reserve. */
export function budgetOf(window: Window): number {
  return window.limitTokens - window.reserveTokens;
}
