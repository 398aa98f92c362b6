import { shortId } from '../entry.ts';
import type { Entry } from '../entry.ts';
import type { LedgerRow } from '../ledger.ts';
import type { Prepared } from '../prepare.ts';
import type { SessionState, Splice } from '../session-state.ts';
import { rowsBefore } from './put-back.ts';
import type { Target } from './put-back.ts';
import { spliceOf } from './wishes.ts';

export type UndoPlan<TItem> = {
  /** What has to be found to carry it out. */
  readonly rows: readonly LedgerRow[];
  /** @param originals each of the rows, as an entry */
  readonly target: (originals: readonly Entry<TItem>[]) => Target<TItem>;
};

/**
 * Back to the context as it stood before a compaction: what the splice before it left, then everything that came
 * after that, whole. Pure.
 *
 * @param toEntry reads a stored entry of the splice before
 */
export function planUndo<TItem>(
  state: SessionState,
  { resumed }: Pick<Prepared<TItem>, 'resumed'>,
  undone: Splice,
  toEntry: (stored: Splice['replacement'][number]) => Entry<TItem>,
): UndoPlan<TItem> {
  const parent = spliceOf(state, undone.parent);
  const from = parent?.seen ?? 0;
  const region = resumed.entries.slice(0, resumed.spliced);
  const unchanged = region.filter(
    ({ ordinal, past, id }) =>
      ordinal !== undefined && ordinal >= from && (past === undefined || past.id === shortId(id)),
  );
  const isThere = new Set(unchanged.map(({ ordinal }) => ordinal));
  const rows = rowsBefore(resumed.gone, region).filter(
    ({ index }) => index !== undefined && index >= from && !isThere.has(index),
  );
  return {
    rows,
    target: (originals) => ({
      region: [
        ...(parent?.replacement.map(toEntry) ?? []),
        ...[...unchanged, ...originals].toSorted((left, right) => (left.ordinal ?? 0) - (right.ordinal ?? 0)),
      ],
      gone: [
        ...(parent?.gone ?? []),
        ...resumed.gone.filter(({ index, id }) => index === undefined && !hasRow(parent, id)),
      ],
      summary: parent?.summary,
      inForce: parent?.inForce,
      reason: 'undone',
    }),
  };
}

function hasRow(splice: Splice | undefined, id: string): boolean {
  return splice?.gone.some((row) => row.id === id) ?? false;
}
