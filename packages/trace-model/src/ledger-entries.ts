import type { LedgerRow } from '@clew/semconv';
import { staysInContext } from './fate-sums.ts';
import { groupBy } from './group-by.ts';

/**
 * `whole`: every half is there and they share their way. `open`: a call that has no result yet.
 * `orphan`: a result without its call. `split`: one half left the context and the other stayed, which no
 * provider accepts.
 */
export type Integrity = 'whole' | 'open' | 'orphan' | 'split';

/** One item, or a call together with its result. */
export type LedgerEntry = {
  readonly key: string;
  readonly rows: readonly [LedgerRow, ...LedgerRow[]];
  readonly integrity: Integrity;
};

/** The rows in their order, calls joined with their results at the place of the first of them. */
export function ledgerEntries(rows: readonly LedgerRow[]): readonly LedgerEntry[] {
  const numbered = rows.map((row, at) => ({ row, at }));
  const groups = groupBy(numbered, ({ row, at }) => (row.pair === undefined ? `#${at}` : `pair:${row.pair}`));
  return [...groups].map(([key, [first, ...rest]]) => {
    const members: [LedgerRow, ...LedgerRow[]] = [first.row, ...rest.map(({ row }) => row)];
    return { key, rows: members, integrity: integrityOf(members) };
  });
}

function integrityOf(rows: readonly [LedgerRow, ...LedgerRow[]]): Integrity {
  if (rows[0].pair === undefined) return 'whole';
  const stays = new Set(rows.map((row) => staysInContext(row.fate)));
  if (stays.size > 1) return 'split';
  if (!rows.some((row) => row.kind === 'result')) return 'open';
  return rows.some((row) => row.kind === 'call') ? 'whole' : 'orphan';
}
