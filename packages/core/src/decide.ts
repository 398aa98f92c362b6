import type { Trigger } from './result.ts';
import { goalOf, strongest } from './triggers/combine-triggers.ts';
import { explain } from './triggers/trigger-rule.ts';
import type { Goal, TriggerFacts, TriggerRule } from './triggers/trigger-rule.ts';
import { budgetOf } from './window.ts';

export type Decision = {
  readonly fired: boolean;
  /** A sentence with the operands in it. */
  readonly reason: string;
  /** The name of the trigger that fired, or would have but for the cooldown. Absent: none, or the caller asked. */
  readonly rule?: string;
  readonly goal: Goal;
  /** What to plan down to. */
  readonly aimTokens: number;
};

/** Whether to compact, and how much. */
export function decide(
  facts: TriggerFacts,
  trigger: Trigger,
  rules: readonly TriggerRule[],
  cooldownCalls = 0,
): Decision {
  const { tokens, window } = facts;
  const aimTokens = window.targetTokens;
  if (trigger === 'manual') return { fired: true, reason: trigger, goal: 'all', aimTokens };
  if (trigger === 'overflow') {
    // The provider counts at least the window, so our estimate is too small by that much.
    const share = Math.min(1, tokens / window.limitTokens);
    return { fired: true, reason: trigger, goal: 'target', aimTokens: Math.floor(aimTokens * share) };
  }
  const fired = rules.filter((rule) => rule.fires(facts));
  const goal = strongest(fired);
  const rule = fired.find((candidate) => goalOf(candidate) === goal);
  if (rule === undefined) {
    const reason = `estimate ${tokens} < trigger ${window.triggerTokens}`;
    return { fired: false, reason, goal, aimTokens };
  }
  const because = explain(rule, facts);
  const reason = rule.name === 'threshold' ? because : `${rule.name}: ${because}`;
  const calls = facts.callsSinceCompaction;
  if (calls !== undefined && calls <= cooldownCalls && tokens < budgetOf(window)) {
    const why = `cooling down: call ${calls} of ${cooldownCalls} since the last compaction (${reason})`;
    return { fired: false, reason: why, rule: rule.name, goal, aimTokens };
  }
  return { fired: true, reason, rule: rule.name, goal, aimTokens };
}
