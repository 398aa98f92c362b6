import type { Change } from './change.ts';
import type { Plan } from './plan.ts';
import type { Summarized } from './summarize.ts';

/** The changes of a plan, with what became of the items that it left to the summary. */
export function withCovered(
  plan: Plan,
  summarized: Pick<Summarized, 'summary'> | undefined,
): ReadonlyMap<number, Change> {
  const changes = new Map(plan.changes);
  const version = summarized?.summary?.version;
  for (const index of plan.covered) {
    changes.set(
      index,
      version === undefined
        ? { fate: 'dropped', reason: 'no_summary' }
        : { fate: 'summarized', reason: `summary_v${version}` },
    );
  }
  return changes;
}
