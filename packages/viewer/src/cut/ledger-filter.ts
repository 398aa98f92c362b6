import { fates, type Category, type Fate, type LedgerEntry, type LedgerRow } from '@clew/trace-model';
import { categoryWords, fateWords, spaced } from '../words.ts';
import { itemName } from './item-words.ts';

/** Which fates of a ledger are shown: what the model no longer sees, everything, or one. */
export type FateFilter = 'gone' | 'all' | Fate;

export const fateFilters: readonly FateFilter[] = ['gone', 'all', ...fates];

/** What a reader asks of a ledger. All of it has to fit one row of an entry. */
export type LedgerFilter = {
  readonly fate: FateFilter;
  readonly category: Category | undefined;
  readonly tool: string | undefined;
  /** Looked for in names, ids and reasons, and in the previews that are revealed. */
  readonly text: string;
};

/** A cleared result is still an item, but what it said is gone. */
const gone = new Set<Fate>(['summarized', 'dropped', 'cleared']);

/** A call and its result are shown together where either fits. */
export function filterEntries(
  entries: readonly LedgerEntry[],
  filter: LedgerFilter,
  isRevealed: (row: LedgerRow) => boolean,
): readonly LedgerEntry[] {
  const words = filter.text.trim().toLowerCase();
  return entries.filter((entry) =>
    entry.rows.some(
      (row) =>
        fits(row.fate, filter.fate) &&
        (filter.category === undefined || row.category === filter.category) &&
        (filter.tool === undefined || row.tool === filter.tool) &&
        (words === '' || searchable(row, isRevealed(row)).includes(words)),
    ),
  );
}

/** Rows of a fate, counted for the filter's button. */
export function countRows(entries: readonly LedgerEntry[], filter: FateFilter): number {
  return entries.reduce(
    (count, entry) => count + entry.rows.filter((row) => fits(row.fate, filter)).length,
    0,
  );
}

export function filterWords(filter: FateFilter): string {
  if (filter === 'gone') return 'No longer visible to the model';
  return filter === 'all' ? 'All' : fateWords[filter];
}

function fits(fate: Fate, filter: FateFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'gone' ? gone.has(fate) : fate === filter;
}

/** What is hidden cannot be found: that it was found would tell of it. */
function searchable(row: LedgerRow, isRevealed: boolean): string {
  return [
    itemName(row),
    row.tool ?? '',
    row.id,
    row.pair ?? '',
    categoryWords[row.category],
    fateWords[row.fate],
    spaced(row.reason ?? ''),
    isRevealed ? (row.preview ?? '') : '',
  ]
    .join('\n')
    .toLowerCase();
}
