import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { parsePolicy } from './parse-policy.ts';
import type { CompactPolicyInput } from './policy.ts';
import { policyTriggers } from './triggers/policy-triggers.ts';
import type { TriggerFacts } from './triggers/trigger-rule.ts';
import { windowOf } from './window.ts';

function decideOn(input: CompactPolicyInput, facts: Partial<TriggerFacts>) {
  const policy = parsePolicy(input);
  const all = { tokens: 0, window: windowOf(10_000, policy), turns: 1, items: 1, ...facts };
  return decide(all, 'threshold', policyTriggers(policy), policy.cooldownCalls);
}

describe('the decision', () => {
  it.each<readonly [CompactPolicyInput, Partial<TriggerFacts>, string, string]>([
    [{}, { tokens: 8500 }, 'target', 'estimate 8500 >= trigger 8500'],
    [{ tokenBudget: 3000 }, { tokens: 3000 }, 'target', 'token_budget: estimate 3000 >= 3000 tokens'],
    [{ triggerTokensLeft: 4000 }, { tokens: 5000 }, 'target', 'tokens_left: 3500 tokens left < 4000'],
    [{ triggerTurns: 8 }, { turns: 9 }, 'all', 'turns: 9 turns > 8'],
    [{ windowSize: 20 }, { items: 21 }, 'all', 'window_size: 21 items > 20'],
    [
      { idleTriggerPct: 0.6 },
      { tokens: 6000, idleMillis: 300_000 },
      'target',
      'idle: estimate 6000 >= 6000 (0.6 of 10000 tokens) and idle for 300000 ms >= 300000 ms',
    ],
    [
      { softTriggerPct: 0.7, coldAfterMillis: 50 },
      { tokens: 7000, idleMillis: 60 },
      'prune',
      'soft_threshold: estimate 7000 >= 7000 (0.7 of 10000 tokens) and idle for 60 ms >= 50 ms',
    ],
  ])('of %j on %j pursues %s and says what fired', (policy, facts, goal, reason) => {
    expect(decideOn(policy, facts)).toMatchObject({ fired: true, goal, reason });
  });

  it('does not prune early while the cache is warm', () => {
    expect(decideOn({ softTriggerPct: 0.7 }, { tokens: 7000, idleMillis: 60 }).fired).toBe(false);
  });

  it('waits while it cools down, unless the budget is exceeded', () => {
    const facts = { tokens: 8500, callsSinceCompaction: 1 };
    expect(decideOn({ cooldownCalls: 2, hardCapBuffer: 0 }, facts)).toMatchObject({
      fired: false,
      reason: 'cooling down: call 1 of 2 since the last compaction (estimate 8500 >= trigger 8500)',
    });
    expect(decideOn({ cooldownCalls: 2 }, facts).fired).toBe(true);
  });
});
