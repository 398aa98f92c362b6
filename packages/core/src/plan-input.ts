import type { Entry } from './entry.ts';
import type { Group } from './group.ts';
import type { ItemView } from './item-view.ts';
import type { KeepRule } from './keeping/keep-rule.ts';
import type { CompactPolicy } from './policy.ts';
import type { Window } from './result.ts';
import type { Goal } from './triggers/trigger-rule.ts';
import type { Weigher } from './weigh.ts';

export type PlanInput = {
  readonly entries: readonly Entry<unknown>[];
  readonly groups: readonly Group[];
  /** Tokens of the whole prompt now. */
  readonly total: number;
  readonly window: Window;
  /** What to get down to: the window's target, or less where the estimate is known to be too small. */
  readonly targetTokens: number;
  /** What the model has not read yet may take this share of the budget (0 to 1). */
  readonly unreadShare: number;
  readonly policy: CompactPolicy;
  readonly keepRules: readonly KeepRule[];
  readonly weigher: Weigher;
  /** Whether a model can be asked for a summary; else only the digest is left. */
  readonly hasSummarizer: boolean;
  readonly goal: Goal;
  /** How an item would read without its media or its input; `undefined` where its format has no way to clear them. */
  readonly cleared: (entry: Entry<unknown>, part: 'media' | 'input') => ItemView | undefined;
};
