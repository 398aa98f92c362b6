import type { Category, ItemView } from './item-view.ts';
import type { LedgerRow } from './ledger.ts';

/** An item as the engine holds it: what it is, what it weighs, and where it came from. */
export type Entry<TItem> = {
  readonly item: TItem;
  readonly view: ItemView;
  /** Content digest of the item. */
  readonly id: string;
  readonly tokens: number;
  readonly category: Category;
  readonly isProtected: boolean;
  /** Why it may not leave, where somebody pinned it. */
  readonly pin?: string;
  /** Our own summary, known by its digest and not by what its text claims. */
  readonly isSummary: boolean;
  /** The item's number among all that the caller ever gave; absent for what the engine inserted. */
  readonly ordinal?: number;
  /** What an earlier compaction did to it, where it did something. */
  readonly past?: LedgerRow;
};

/** A digest as rows and references carry it. */
export function shortId(id: string): string {
  return id.slice(0, 16);
}

export function categoryOf(view: ItemView, mark: { isProtected: boolean; isSummary: boolean }): Category {
  if (mark.isSummary) return 'summary';
  if (view.role === 'system') return 'system';
  if (view.role === 'developer') return 'developer';
  if (mark.isProtected) return 'protected';
  switch (view.kind) {
    case 'message':
      return view.role === 'user' ? 'user' : 'assistant';
    case 'reasoning':
      return 'reasoning';
    case 'call':
      return 'tool_calls';
    case 'result':
      return 'tool_results';
    case 'other':
      return 'other';
  }
}
