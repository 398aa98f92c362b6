import type { CacheView } from '../cache/cache-view.ts';
import type { Window } from '../result.ts';

/** What a trigger may look at: the next prompt as it is estimated, and the session behind it. */
export type TriggerFacts = {
  /** The estimate of the whole prompt, in tokens. */
  readonly tokens: number;
  readonly window: Window;
  /** User messages in the context. */
  readonly turns: number;
  /** Items in the context. */
  readonly items: number;
  /** Since the session's last preflight; absent at its first. */
  readonly idleMillis?: number;
  /** What the provider's cache holds of the prompt. */
  readonly cache?: Pick<CacheView, 'state' | 'reason'>;
  /** Model calls since the last compaction, this one included; absent before the first. */
  readonly callsSinceCompaction?: number;
};

/**
 * What a compaction is for. `prune`: clear and trim, no summary. `target`: down the ladder until the target is met.
 * `all`: whatever the keep rules let go leaves, however small the prompt is.
 */
export type Goal = 'prune' | 'target' | 'all';

/** When to compact: a named predicate. The strongest goal of those that fire is pursued. */
export type TriggerRule = {
  readonly name: string;
  readonly fires: (facts: TriggerFacts) => boolean;
  /** Why it fires, with the operands. Default: its name. */
  readonly because?: (facts: TriggerFacts) => string;
  /** Default: `all`. */
  readonly goal?: Goal;
};

export const goals = ['prune', 'target', 'all'] as const satisfies readonly Goal[];

/** What was fired and why, for the decision's reason. */
export function explain(rule: TriggerRule, facts: TriggerFacts): string {
  return rule.because === undefined ? rule.name : rule.because(facts);
}
