import {
  lineageOf,
  type Category,
  type Cut,
  type CutSummary,
  type LedgerRow,
  type LineageEntry,
  type Session,
} from '@clew/trace-model';

/** Where a summary comes from, as far as it was recorded. */
export type SummaryOrigin = {
  readonly summary: CutSummary;
  /** The cut that made it; `undefined` where that was before what was recorded. */
  readonly madeBy: Cut | undefined;
  /** Its ancestors that were recorded, the nearest first. */
  readonly ancestors: readonly LineageEntry[];
  /** Whether the line of them goes back to a summary that had no parent. */
  readonly isWhole: boolean;
  /** The items of its own run that it covers. */
  readonly covered: readonly LedgerRow[];
};

/** The provenance of the summary that stands after a cut. Without its session, what lies before is not known. */
export function summaryOrigin(cut: Cut, session: Session | undefined): SummaryOrigin | undefined {
  const { summary } = cut;
  if (summary === undefined) return undefined;
  const entries = new Map(
    session === undefined ? [] : lineageOf(session).map((entry) => [entry.summary.id, entry] as const),
  );
  const own = entries.get(summary.id);
  // A compaction under way is in no line yet; the summary that it goes on from may be.
  const parent = summary.parent_id === undefined ? undefined : entries.get(summary.parent_id);
  const ids = own?.ancestors ?? (parent === undefined ? [] : [parent.summary.id, ...parent.ancestors]);
  const madeBy = summary.isNew ? cut : own?.isMakerKnown === true ? own.cut : undefined;
  return {
    summary,
    madeBy,
    ancestors: ids.flatMap((id) => entries.get(id) ?? []),
    isWhole: own?.isWhole ?? (summary.parent_id === undefined || parent?.isWhole === true),
    covered: madeBy?.ledger?.filter(({ fate }) => fate === 'summarized') ?? [],
  };
}

/** How many items of each part of the prompt, most first. */
export function countByCategory(rows: readonly LedgerRow[]): readonly (readonly [Category, number])[] {
  const counts = new Map<Category, number>();
  for (const { category } of rows) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
