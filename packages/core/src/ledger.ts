import type { Category, ItemKind, Role } from './item-view.ts';

/** What became of an item. Every item that a compaction met has exactly one. */
export const fates = ['kept', 'protected', 'trimmed', 'cleared', 'summarized', 'dropped'] as const;
export type Fate = (typeof fates)[number];

/** The fate of one item. A ledger is cumulative: it has a row for every item that the caller ever gave. */
export type LedgerRow = {
  /** Position in the caller's items; absent for an earlier summary, which the engine had inserted. */
  readonly index?: number;
  /** Content digest of the item, short and stable. */
  readonly id: string;
  readonly role: Role;
  readonly kind: ItemKind;
  readonly category: Category;
  readonly fate: Fate;
  /** Tokens before the compaction that decided the fate. */
  readonly tokens: number;
  /** Tokens in the context after it; 0 for what left. */
  readonly tokensAfter: number;
  readonly reason?: string;
  readonly tool?: string;
  /** The call id that binds a call to its result. */
  readonly pair?: string;
  /** The number of the compaction that decided the fate; 0 while no compaction met the item. */
  readonly sequence: number;
  readonly archiveRef?: string;
  /** The first words of the item. Content: an observer decides whether it may leave the process. */
  readonly preview: string;
};

export type FateTotals = Readonly<Record<Fate, number>>;

/** Whether an item with this fate is still in the context. */
export function isVisible(fate: Fate): boolean {
  return fate !== 'summarized' && fate !== 'dropped';
}
