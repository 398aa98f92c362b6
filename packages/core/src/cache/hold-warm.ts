import type { Goal } from '../triggers/trigger-rule.ts';
import type { CompactPolicy } from '../policy.ts';
import type { Trigger, Window } from '../result.ts';
import { budgetOf } from '../window.ts';
import { balanceOf, breakEvenCalls } from './break-even.ts';
import type { CacheView } from './cache-view.ts';
import type { ModelPrice } from './prices.ts';
import { rewriteOf } from './rewrite.ts';
import type { Spliced } from './rewrite.ts';

export type HoldInput = {
  readonly view: CacheView;
  readonly trigger: Trigger;
  readonly goal: Goal;
  readonly window: Window;
  readonly policy: Pick<CompactPolicy, 'minReclaimPct' | 'maxBreakEvenCalls'>;
  /** The plan: the prompt now, as it would be at its longest, and before its first change. */
  readonly spliced: Spliced;
  /** Of the model that is called; `undefined` where none is known. */
  readonly price: ModelPrice | undefined;
  /** What the plan's summary costs to write, at its longest; `undefined` where no price of its model is known. */
  readonly summaryCost: number | undefined;
};

/** A share of the prompt that is little to free. */
export const defaultMinReclaim = 0.1;

/**
 * Why a plan is not worth a warm cache, with the operands; `undefined` where it is carried out.
 *
 * Only what the engine wants by itself is held, and only while the prompt fits its budget: not what a person asked
 * for, nor what answers a refusal, nor what a policy wants whatever the size (`all`: turns, items).
 */
export function holdWarm(input: HoldInput): string | undefined {
  const { view, trigger, goal, window, policy, spliced } = input;
  const isFree = view.state !== 'warm' || trigger !== 'threshold' || goal === 'all';
  if (isFree || spliced.before > budgetOf(window)) return undefined;
  const { minReclaimPct = defaultMinReclaim, maxBreakEvenCalls = Infinity } = policy;
  const freed = spliced.before - spliced.after;
  const rewrite = rewriteOf(view, spliced);
  if (rewrite.rewritten === 0) return undefined;
  const cost = `frees ${freed} tokens, and ${rewrite.rewritten} that are cached would be read anew`;
  if (freed < minReclaimPct * spliced.before) {
    return `${cost}: less than ${minReclaimPct} of ${spliced.before}`;
  }
  if (maxBreakEvenCalls === Infinity || input.price === undefined || input.summaryCost === undefined) return;
  const balance = balanceOf(input.price, spliced, rewrite);
  const calls = balance && breakEvenCalls(balance, input.summaryCost);
  return calls !== undefined && calls <= maxBreakEvenCalls
    ? undefined
    : `${cost}: it pays after ${calls ?? 'no number of'} calls, more than ${maxBreakEvenCalls}`;
}
