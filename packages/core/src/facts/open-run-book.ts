import type { Engine } from '../engine.ts';
import type { Entry } from '../entry.ts';
import type { Plan } from '../plan.ts';
import type { Prepared } from '../prepare.ts';
import { sheetLimitOf } from '../summary-limit.ts';
import { openFactBook } from './fact-book.ts';
import type { FactBook } from './fact-book.ts';
import type { FactSources } from './gather-facts.ts';
import { hasFactSheet } from './has-fact-sheet.ts';

export type RunBookInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly prepared: Prepared<TItem>;
  readonly signal: AbortSignal | undefined;
};

/** The facts of what a plan takes away. @returns `undefined` where it was aborted, or the sheet is off */
export function openRunBook<TItem>(
  { engine, prepared, signal }: RunBookInput<TItem>,
  plan: Plan,
): Promise<FactBook | undefined> {
  const { resumed, weigher, measure, window } = prepared;
  const { policy, telling } = engine;
  return openFactBook({
    telling,
    ...factSources(resumed.entries, plan),
    carried: resumed.facts,
    // A run that writes no summary keeps as many facts for the next one as its sheet could hold.
    maxTokens:
      plan.covered.length > 0 ? plan.sheetTokens : sheetLimitOf(measure.total, window.targetTokens, policy),
    isOff: !hasFactSheet(policy),
    count: weigher.text,
    signal,
  });
}

/** Whose facts are at stake: what leaves or is shortened, as it was; and what the model goes on reading. */
function factSources<TItem>(
  entries: readonly Entry<TItem>[],
  { covered, changes }: Plan,
): Pick<FactSources, 'leaving' | 'staying'> {
  const gone = new Set(covered);
  const staying = entries.flatMap((entry, index) => {
    const change = changes.get(index);
    // A placeholder tells nothing, but of the rest of an item whose pictures or arguments it stands for.
    const isEmptied = change?.fate === 'cleared' && (change.part ?? 'text') === 'text';
    if (gone.has(index) || isEmptied || (change !== undefined && !('text' in change))) return [];
    return change === undefined ? [entry] : [{ ...entry, view: { ...entry.view, text: change.text } }];
  });
  return { staying, leaving: entries.filter((_, index) => gone.has(index) || changes.has(index)) };
}
