import { CompactError } from './errors.ts';
import type { Entry } from './entry.ts';
import { measure } from './measure.ts';
import type { Prepared } from './prepare.ts';
import { budgetOf } from './window.ts';

/** `InsufficientBudget`: what may never leave is larger than the budget. Says what takes the room. */
export function insufficientBudget(
  { fixed, window }: Prepared<unknown>,
  entries: readonly Entry<unknown>[],
): CompactError {
  const needed = measure(entries, fixed);
  const pinned = entries
    .filter(({ isProtected }) => isProtected)
    .reduce((sum, { tokens }) => sum + tokens, 0);
  const largest = Math.max(0, ...entries.map(({ tokens }) => tokens));
  return new CompactError({
    code: 'insufficient_budget',
    message:
      `InsufficientBudget: the prompt needs ${needed.total} tokens and the budget is ${budgetOf(window)} ` +
      `(${window.limitTokens} less a reserve of ${window.reserveTokens}). Instructions and tool schemas take ` +
      `${needed.fixed}, protected items ${pinned}, the largest item ${largest}. ` +
      'Shrink the protected memory, send fewer tool schemas, or use a model with a larger window.',
    details: { total: needed.total, budget: budgetOf(window), fixed: needed.fixed, pinned, largest },
  });
}
