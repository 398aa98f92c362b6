import type { LedgerRow } from '@clew/trace-model';

/** Which first words of a ledger's items are shown, and how to show and hide them. */
export type RowReveal = {
  readonly isRevealed: (row: LedgerRow) => boolean;
  readonly set: (row: LedgerRow, isRevealed: boolean) => void;
};
