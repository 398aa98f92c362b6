import { fates, type LedgerEntry } from '@clew/trace-model';
import { entryName } from './item-words.ts';

export type SortKey = 'item' | 'fate' | 'tokens';

/** How a ledger is sorted; `undefined` is the order of the prompt. */
export type LedgerOrder = { readonly by: SortKey; readonly isDescending: boolean } | undefined;

/** The way that is asked for first, the other way, and back to the order of the prompt. */
export function nextOrder(order: LedgerOrder, by: SortKey): LedgerOrder {
  const first = by === 'tokens';
  if (order?.by !== by) return { by, isDescending: first };
  return order.isDescending === first ? { by, isDescending: !first } : undefined;
}

/** Sorted; entries that are equal stay in the order of the prompt. */
export function orderEntries(entries: readonly LedgerEntry[], order: LedgerOrder): readonly LedgerEntry[] {
  if (order === undefined) return entries;
  const sign = order.isDescending ? -1 : 1;
  const keyed = entries.map((entry) => ({ entry, key: keys[order.by](entry) }));
  return keyed.toSorted((a, b) => sign * compare(a.key, b.key)).map(({ entry }) => entry);
}

export function entryTokens({ rows }: LedgerEntry): { readonly before: number; readonly after: number } {
  return rows.reduce(
    (sum, row) => ({ before: sum.before + row.tokens, after: sum.after + row.tokens_after }),
    { before: 0, after: 0 },
  );
}

const keys: Record<SortKey, (entry: LedgerEntry) => string | number> = {
  item: (entry) => `${entry.rows[0].tool ?? ''} ${entryName(entry)}`,
  fate: ({ rows }) => Math.max(...rows.map((row) => fates.indexOf(row.fate))),
  tokens: (entry) => entryTokens(entry).before,
};

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}
