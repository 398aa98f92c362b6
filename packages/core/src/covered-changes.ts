import type { Entry } from './entry.ts';
import type { Change } from './change.ts';
import type { Plan } from './plan.ts';
import type { Summarized } from './summarize.ts';

/** The changes of a plan, with what became of the items that it left to the summary. */
export function withCovered(
  plan: Plan,
  summarized: Pick<Summarized, 'summary'> | undefined,
  before: readonly Entry<unknown>[],
): ReadonlyMap<number, Change> {
  const changes = new Map(plan.changes);
  const version = summarized?.summary?.version;
  for (const index of plan.covered) {
    // Where no summary was made, the one before still covers what it covers.
    if (version === undefined && before[index]?.isSummary === true) continue;
    changes.set(
      index,
      version === undefined
        ? { fate: 'dropped', reason: 'no_summary' }
        : { fate: 'summarized', reason: `summary_v${version}` },
    );
  }
  return changes;
}
