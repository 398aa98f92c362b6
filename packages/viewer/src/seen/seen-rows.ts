import type { Category, ContextAt, ContextItem, LedgerRow } from '@clew/trace-model';

/** One line of what the model saw, or of what it did not see any more. */
export type SeenRow = {
  readonly key: string;
  readonly row: LedgerRow;
  /** Tokens in the prompt; of what is gone, those that it had had. */
  readonly tokens: number;
  /** How it is known to have been there; `gone` where it was not any more. */
  readonly basis: ContextItem['basis'] | 'gone';
  /** The compaction that took it out. */
  readonly goneWith?: string;
};

/** What is listed: by part, what is there or what is gone. */
export type SeenFilter = { readonly category?: Category; readonly isGone: boolean };

/** The items of a call in prompt order, or what had left before it, the latest first. */
export function seenRows(context: ContextAt, { category, isGone }: SeenFilter): readonly SeenRow[] {
  const rows = isGone ? goneRows(context) : presentRows(context);
  return category === undefined ? rows : rows.filter(({ row }) => row.category === category);
}

function presentRows({ items }: ContextAt): readonly SeenRow[] {
  return items.map(({ row, tokens, basis }, at) => ({ key: `${at}/${row.id}`, row, tokens, basis }));
}

function goneRows({ gone }: ContextAt): readonly SeenRow[] {
  return gone.toReversed().map(({ row, cut }, at) => ({
    key: `${at}/${row.id}`,
    row,
    tokens: row.tokens,
    basis: 'gone',
    goneWith: cut.id,
  }));
}

/** How many of each part there are, in the order in which they come. */
export function countByCategory(rows: readonly SeenRow[]): ReadonlyMap<Category, number> {
  const counts = new Map<Category, number>();
  for (const { row } of rows) counts.set(row.category, (counts.get(row.category) ?? 0) + 1);
  return counts;
}
