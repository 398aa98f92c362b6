import type { Compaction, CompactionInput } from './compaction-input.ts';
import type { Finding } from './describe-result.ts';
import type { Entry } from './entry.ts';
import { insufficientBudget } from './insufficient-budget.ts';
import { measure } from './measure.ts';
import type { Plan } from './plan.ts';
import { describeShortfall, shortfallOf } from './shortfall.ts';
import { tellError } from './tell-steps.ts';
import { budgetOf } from './window.ts';

/** What the keep rules and the ladder of the policy let go: nothing. */
export function nothingToDo<TItem>(input: CompactionInput<TItem>, plan: Plan): Compaction<TItem> {
  const { prepared } = input;
  const isOver = prepared.measure.total > budgetOf(prepared.window);
  const left = missed(input, plan, prepared.resumed.entries);
  const advice = ['Everything in the context is protected or recent.', left.advice ?? []].flat().join(' ');
  return {
    state: prepared.state,
    finding: isOver ? irreducible(input, plan) : { ...left, outcome: 'noop_nothing', advice },
  };
}

/** What stays is over the budget by itself: told as an error, with guidance. */
export function irreducible<TItem>(
  input: CompactionInput<TItem>,
  plan: Plan,
  entries: readonly Entry<unknown>[] = input.prepared.resumed.entries,
): Finding<TItem> {
  const error = insufficientBudget(input.prepared, entries);
  const isChanged = entries !== input.prepared.resumed.entries;
  tellError(
    input,
    'InsufficientBudget',
    error.message,
    isChanged ? 'compacted-over-budget' : 'not-compacted',
  );
  return { ...missed(input, plan, entries), outcome: 'irreducible', advice: error.message, error };
}

/** Why the target is not met, where it is not: as data and as a sentence. */
export function missed<TItem>(
  { engine, prepared }: CompactionInput<TItem>,
  { level }: Pick<Plan, 'level'>,
  entries: readonly Entry<unknown>[],
): Pick<Finding<TItem>, 'shortfall' | 'advice'> {
  const { fixed, total } = measure(entries, prepared.fixed);
  const shortfall = shortfallOf({
    entries,
    level,
    fixedTokens: fixed,
    totalTokens: total,
    targetTokens: prepared.window.targetTokens,
    rules: engine.keepRules,
  });
  return shortfall === undefined ? {} : { shortfall, advice: describeShortfall(shortfall) };
}
