import type { Decision } from '../decide.ts';
import type { Prepared } from '../prepare.ts';
import { budgetOf } from '../window.ts';

/** What was put back on purpose is not taken away again at the trigger, only where it no longer fits the budget. */
export function holding(
  decision: Decision,
  { resumed, measure, window }: Pick<Prepared<unknown>, 'resumed' | 'measure' | 'window'>,
): Decision {
  const budget = budgetOf(window);
  if (!decision.fired || resumed.splice?.isHeld !== true || measure.total > budget) return decision;
  const reason = `held until ${budget} tokens, because items were put back (${decision.reason})`;
  return { ...decision, fired: false, reason };
}
