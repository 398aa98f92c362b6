import { fates, type Fate, type LedgerEntry } from '@clew/trace-model';

/** Which rows of a ledger are shown: what the model no longer sees, everything, or one fate. */
export type LedgerFilter = 'gone' | 'all' | Fate;

export const ledgerFilters: readonly LedgerFilter[] = ['gone', 'all', ...fates];

/** A cleared result is still an item, but what it said is gone. */
const gone = new Set<Fate>(['summarized', 'dropped', 'cleared']);

/** A call and its result are shown together where either fits. */
export function filterEntries(entries: readonly LedgerEntry[], filter: LedgerFilter): readonly LedgerEntry[] {
  return entries.filter((entry) => entry.rows.some((row) => fits(row.fate, filter)));
}

/** Rows that fit, counted for the filter's button. */
export function countRows(entries: readonly LedgerEntry[], filter: LedgerFilter): number {
  return entries.reduce(
    (count, entry) => count + entry.rows.filter((row) => fits(row.fate, filter)).length,
    0,
  );
}

function fits(fate: Fate, filter: LedgerFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'gone' ? gone.has(fate) : fate === filter;
}
