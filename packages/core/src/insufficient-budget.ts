import { CompactError } from './errors.ts';
import type { Prepared } from './prepare.ts';
import { budgetOf } from './window.ts';

/** `InsufficientBudget`: what may never leave is larger than the budget. Says what takes the room. */
export function insufficientBudget(prepared: Prepared<unknown>): CompactError {
  const { measure, window, resumed } = prepared;
  const pinned = resumed.entries
    .filter(({ isProtected }) => isProtected)
    .reduce((sum, { tokens }) => sum + tokens, 0);
  const largest = Math.max(0, ...resumed.entries.map(({ tokens }) => tokens));
  return new CompactError({
    code: 'insufficient_budget',
    message:
      `InsufficientBudget: the prompt needs ${measure.total} tokens and the budget is ${budgetOf(window)} ` +
      `(${window.limitTokens} less a reserve of ${window.reserveTokens}). Instructions and tool schemas take ` +
      `${measure.fixed}, protected items ${pinned}, the largest item ${largest}. ` +
      'Shrink the protected memory, send fewer tool schemas, or use a model with a larger window.',
    details: { total: measure.total, budget: budgetOf(window), fixed: measure.fixed, pinned, largest },
  });
}
