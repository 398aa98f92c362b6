import type { LedgerRow } from '@clew/semconv';
import type { Cut, CutSummary } from './cut.ts';
import { known } from './known.ts';
import type { Session } from './session.ts';

/** A summary in the line of those of its session, each made of the one before and what has left since. */
export type LineageEntry = {
  readonly summary: CutSummary;
  /** The compaction that made it; the first that names it where the one that made it was not recorded. */
  readonly cut: Cut;
  readonly isMakerKnown: boolean;
  /** Its ancestors, the nearest first. The line ends where one names no parent, or one that was not recorded. */
  readonly ancestors: readonly string[];
  /** Whether that line is whole: it ends with a summary that had no parent. */
  readonly isWhole: boolean;
  /** The items that it covers itself, where they were listed; earlier summaries among them cover more. */
  readonly covered?: readonly LedgerRow[];
  /** The compaction after which it stood no more; absent while it stands. */
  readonly endedBy?: Cut;
};

/** The summaries of a session in the order in which they came to stand. */
export function lineageOf({ cuts }: Session): readonly LineageEntry[] {
  const changed = cuts.filter((cut) => cut.kind === 'changed');
  const makers = new Map<string, Cut>();
  for (const cut of changed) {
    const { summary } = cut;
    if (summary === undefined) continue;
    const earlier = makers.get(summary.id);
    if (earlier === undefined || (summary.isNew && earlier.summary?.isNew !== true))
      makers.set(summary.id, cut);
  }
  return [...makers].flatMap(([id, cut]) =>
    cut.summary === undefined ? [] : [entryOf(id, cut, cut.summary)],
  );

  function entryOf(id: string, cut: Cut, summary: CutSummary): LineageEntry {
    const { ancestors, isWhole } = lineOf(summary);
    const covered = summary.isNew ? cut.ledger?.filter((row) => row.fate === 'summarized') : undefined;
    const lastNamed = changed.findLastIndex((one) => one.summary?.id === id);
    return {
      summary,
      cut,
      isMakerKnown: summary.isNew,
      ancestors,
      isWhole,
      ...known({ covered, endedBy: changed[lastNamed + 1] }),
    };
  }

  function lineOf(summary: CutSummary): Pick<LineageEntry, 'ancestors' | 'isWhole'> {
    const ancestors: string[] = [];
    let parent = summary.parent_id;
    while (parent !== undefined && !ancestors.includes(parent) && parent !== summary.id) {
      ancestors.push(parent);
      const maker = makers.get(parent);
      if (maker === undefined) return { ancestors, isWhole: false };
      parent = maker.summary?.parent_id;
    }
    return { ancestors, isWhole: parent === undefined };
  }
}
