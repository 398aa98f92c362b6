import type { LedgerRow } from '../ledger.ts';
import type { Splice } from '../session-state.ts';

/** The rows of what a splice leaves outside of the context, in whole or in part, and of what was put back. */
export function rowsOutside({ gone, replacement }: Splice): readonly LedgerRow[] {
  return [...gone, ...replacement.flatMap(({ past }) => past ?? [])];
}
