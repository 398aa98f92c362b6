import type { CutCost } from '@clew/trace-model';
import { formatMoney } from '../format/money.ts';
import { plural } from '../words.ts';

/** An amount in the cut's currency; `unknown` where it is. */
export function moneyOf(cost: CutCost, amount: number | undefined, isChange = false): string {
  return amount === undefined || cost.currency === undefined
    ? 'unknown'
    : formatMoney(amount, cost.currency, isChange);
}

/** Whether it has paid for itself, in a few words. */
export function breakEvenWords({ breakEvenCalls, callsSince, isPaidBack, savedPerCall }: CutCost): string {
  if (breakEvenCalls === undefined) {
    return savedPerCall !== undefined && savedPerCall <= 0 ? 'never: no call is cheaper' : 'not known';
  }
  if (breakEvenCalls === 0) return 'at once';
  const needed = `after ${plural(breakEvenCalls, 'call')}`;
  return isPaidBack === true ? `${needed}: reached` : `${needed}: ${callsSince} so far`;
}

/** Why there is no money to show. */
export const withoutPrices =
  'No prices are set for this model, or it is not known what its cache held, so there are tokens only. None are built in: ' +
  'set prices in the configuration to see cost and break-even.';
