import type { CompactPolicy } from '../policy.ts';
import { allOf, pruneOnly } from './combine-triggers.ts';
import { afterItems, afterTurns, whenCacheIsCold } from './session-triggers.ts';
import { whenTokensLeftBelow, whenTokensReach, whenUsageReaches } from './token-triggers.ts';
import type { TriggerRule } from './trigger-rule.ts';

/** The threshold of the policy: its share of the window, and never above the budget. */
const threshold: TriggerRule = {
  name: 'threshold',
  goal: 'target',
  fires: ({ tokens, window }) => tokens >= window.triggerTokens,
  because: ({ tokens, window }) => `estimate ${tokens} >= trigger ${window.triggerTokens}`,
};

/** The triggers that a policy's fields stand for. */
export function policyTriggers(policy: CompactPolicy): readonly TriggerRule[] {
  const { tokenBudget, triggerTokensLeft, triggerTurns, windowSize, softTriggerPct, idleTriggerPct } = policy;
  const cold = whenCacheIsCold(policy.coldAfterMillis);
  const some = <TValue>(value: TValue | undefined, rule: (value: TValue) => TriggerRule) =>
    value === undefined ? [] : [rule(value)];
  return [
    ...some(tokenBudget, (tokens) => ({ ...whenTokensReach(tokens), name: 'token_budget' })),
    threshold,
    ...some(triggerTokensLeft, whenTokensLeftBelow),
    ...some(triggerTurns, afterTurns),
    ...some(windowSize, (items) => ({ ...afterItems(items), name: 'window_size' })),
    ...some(idleTriggerPct, (share) => ({ ...allOf(whenUsageReaches(share), cold), name: 'idle' })),
    ...some(softTriggerPct, (share) => ({
      ...pruneOnly(allOf(whenUsageReaches(share), cold)),
      name: 'soft_threshold',
    })),
  ];
}
