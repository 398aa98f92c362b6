import { retentionOf, type Cut, type FactKind, type KeptOfTotal, type Session } from '@clew/trace-model';

/**
 * What is known of one kind of facts after one compaction: all of them can be read, some, or none; there were none of the
 * kind; or nothing was told.
 */
type CellState = 'whole' | 'part' | 'lost' | 'none' | 'untold';

export type MatrixCell = {
  readonly state: CellState;
  readonly of?: KeptOfTotal;
  /** Facts that can be read less those that could be after the last compaction that told of them. */
  readonly change?: number;
};

export type MatrixRow = { readonly kind: FactKind | 'all'; readonly cells: readonly MatrixCell[] };

/** Facts by kind and compaction: a row over time is the story, for what erodes does so from one to the next. */
export type RetentionMatrix = {
  /** Every compaction, also those that told nothing of it. */
  readonly cuts: readonly Cut[];
  readonly rows: readonly MatrixRow[];
  readonly total: MatrixRow;
};

export function retentionMatrix(session: Session): RetentionMatrix {
  const cuts = session.cuts.filter((cut) => cut.kind === 'changed' && cut.outcome !== 'restored');
  const retention = retentionOf(session);
  const told = new Map(retention.cuts.map(({ cut }, at) => [cut.id, at]));
  const row = (kind: MatrixRow['kind'], of: (at: number) => KeptOfTotal | undefined): MatrixRow => ({
    kind,
    cells: withChanges(
      cuts.map(({ id }) => {
        const at = told.get(id);
        return at === undefined ? { state: 'untold' } : cellOf(of(at));
      }),
    ),
  });
  return {
    cuts,
    rows: retention.kinds.map(({ kind, cells }) => row(kind, (at) => cells[at])),
    total: row('all', (at) => retention.totals[at]),
  };
}

function cellOf(of: KeptOfTotal | undefined): MatrixCell {
  if (of === undefined || of.total === 0) return { state: 'none' };
  if (of.kept >= of.total) return { state: 'whole', of };
  return { state: of.kept === 0 ? 'lost' : 'part', of };
}

function withChanges(cells: readonly MatrixCell[]): readonly MatrixCell[] {
  let before: number | undefined;
  return cells.map((cell) => {
    const kept = cell.of?.kept;
    if (kept === undefined) return cell;
    const change = before === undefined ? undefined : kept - before;
    before = kept;
    return change === undefined ? cell : { ...cell, change };
  });
}
