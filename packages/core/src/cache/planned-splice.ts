import type { Plan } from '../plan.ts';
import type { Prepared } from '../prepare.ts';
import type { Engine } from '../engine.ts';
import { priceOf } from './prices.ts';
import type { Spliced } from './rewrite.ts';

/** What a plan would make of the prompt, its summary at its longest. */
export function plannedSplice(
  { measure, resumed }: Pick<Prepared<unknown>, 'measure' | 'resumed'>,
  { changes, covered, estimatedTokens }: Plan,
): Spliced {
  let first = covered[0] ?? Infinity;
  for (const position of changes.keys()) first = Math.min(first, position);
  const untouched = resumed.entries.slice(0, first);
  const prefix = untouched.reduce((sum, { tokens }) => sum + tokens, measure.fixed);
  return { before: measure.total, after: estimatedTokens, prefix };
}

/** What it would cost to have the plan's summary written; `undefined` where the price of its model is not known. */
export function plannedSummaryCost(
  { summarizer, prices }: Pick<Engine<never>, 'summarizer' | 'prices'>,
  { entries }: Pick<Prepared<unknown>['resumed'], 'entries'>,
  { covered, summaryTokens, steps }: Plan,
): number | undefined {
  if (covered.length === 0 || summarizer === undefined || !steps.includes('summarize')) return 0;
  const price = priceOf(prices, summarizer.model);
  if (price === undefined) return undefined;
  const shown = covered.reduce((sum, index) => sum + (entries[index]?.tokens ?? 0), 0);
  return (shown * price.input + summaryTokens * price.output) / 1_000_000;
}
