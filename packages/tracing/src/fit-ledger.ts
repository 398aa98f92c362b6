import type { LedgerRow } from '@clew/semconv';

/** What a ledger may take of a span, in bytes of JSON: an event of Ariadne's has 262,144 for everything. */
const maxBytes = 150_000;

type Lighten = (row: LedgerRow) => LedgerRow;

/** What is given up, in turn: words of what is still visible, all words, then what the archive knows by the run. */
const versions: readonly Lighten[] = [
  (row) => row,
  (row) => (row.fate === 'kept' || row.fate === 'protected' ? { ...row, preview: undefined } : row),
  (row) => ({ ...row, preview: undefined }),
  (row) => ({ ...row, preview: undefined, archive_ref: undefined }),
];

/** The fullest version of the ledger that fits a span; `undefined` where none does. */
export function fitLedger(rows: readonly LedgerRow[]): LedgerRow[] | undefined {
  for (const lighten of versions) {
    const version = rows.map(lighten);
    if (new TextEncoder().encode(JSON.stringify(version)).length <= maxBytes) return version;
  }
  return undefined;
}
