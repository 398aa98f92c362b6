import { explain, goals } from './trigger-rule.ts';
import type { Goal, TriggerRule } from './trigger-rule.ts';

/** Fires when one of the rules does. */
export function anyOf(...rules: readonly TriggerRule[]): TriggerRule {
  return {
    name: rules.map(({ name }) => name).join(' or '),
    goal: strongest(rules),
    fires: (facts) => rules.some((rule) => rule.fires(facts)),
    because: (facts) =>
      rules
        .filter((rule) => rule.fires(facts))
        .map((rule) => explain(rule, facts))
        .join(' or '),
  };
}

/** Fires when all of the rules do. */
export function allOf(...rules: readonly TriggerRule[]): TriggerRule {
  return {
    name: rules.map(({ name }) => name).join(' and '),
    goal: strongest(rules),
    fires: (facts) => rules.length > 0 && rules.every((rule) => rule.fires(facts)),
    because: (facts) => rules.map((rule) => explain(rule, facts)).join(' and '),
  };
}

/** The same trigger for less: old tool results are cleared and trimmed, and no summary is asked for. */
export function pruneOnly(rule: TriggerRule): TriggerRule {
  return { ...rule, goal: 'prune' };
}

export function goalOf({ goal = 'all' }: TriggerRule): Goal {
  return goal;
}

export function strongest(rules: readonly TriggerRule[]): Goal {
  return goals[Math.max(0, ...rules.map((rule) => goals.indexOf(goalOf(rule))))] ?? 'all';
}
