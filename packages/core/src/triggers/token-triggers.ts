import { budgetOf } from '../window.ts';
import type { TriggerFacts, TriggerRule } from './trigger-rule.ts';

/** Fires when the next prompt would fill this share of the window (0 to 1). */
export function whenUsageReaches(share: number): TriggerRule {
  const limit = ({ window }: TriggerFacts) => Math.floor(window.limitTokens * share);
  return {
    name: 'usage',
    goal: 'target',
    fires: (facts) => facts.tokens >= limit(facts),
    because: (facts) =>
      `estimate ${facts.tokens} >= ${limit(facts)} (${share} of ${facts.window.limitTokens} tokens)`,
  };
}

/** Fires when the next prompt would have this many tokens, whatever the window. */
export function whenTokensReach(tokens: number): TriggerRule {
  return {
    name: 'tokens',
    goal: 'target',
    fires: (facts) => facts.tokens >= tokens,
    because: (facts) => `estimate ${facts.tokens} >= ${tokens} tokens`,
  };
}

/** Fires when fewer tokens than this are left of the budget, which is the window less its reserve. */
export function whenTokensLeftBelow(tokens: number): TriggerRule {
  const left = (facts: TriggerFacts) => budgetOf(facts.window) - facts.tokens;
  return {
    name: 'tokens_left',
    goal: 'target',
    fires: (facts) => left(facts) < tokens,
    because: (facts) => `${left(facts)} tokens left < ${tokens}`,
  };
}
