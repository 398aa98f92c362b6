import type { LedgerRow } from '@clew/semconv';
import type { Cut } from './cut.ts';
import { staysInContext } from './fate-sums.ts';

/**
 * How an item is known to have been in a prompt. `listed`: the ledger of the run that made the prompt names it.
 * `carried`: an earlier ledger does, and nothing took it out since. `placed`: only a later ledger names it, and the
 * number of items in this prompt, or its size, says that it had come by then.
 */
export type ContextBasis = 'listed' | 'carried' | 'placed';

/** An item that the model saw, at the size at which it saw it. */
export type ContextItem = {
  readonly row: LedgerRow;
  /** Tokens in this prompt. */
  readonly tokens: number;
  readonly basis: ContextBasis;
  /** Whether a compaction inserted it: a summary. */
  readonly isInserted: boolean;
};

/** The list that a compaction left: what stayed, and its summary where the first of what left had been. */
export function itemsAfter(cut: Cut, isOwn: boolean): readonly ContextItem[] {
  const rows = cut.ledger ?? [];
  const basis = isOwn ? 'listed' : 'carried';
  const summary = insertedSummary(cut, basis);
  const firstGone = rows.findIndex((row) => !staysInContext(row.fate));
  const at = firstGone === -1 ? rows.length : firstGone;
  const stayed = (part: readonly LedgerRow[]): readonly ContextItem[] =>
    part
      .filter((row) => staysInContext(row.fate))
      .map((row) => ({ row, tokens: row.tokens_after, basis, isInserted: row.category === 'summary' }));
  return [...stayed(rows.slice(0, at)), ...summary, ...stayed(rows.slice(at))];
}

function insertedSummary({ summary, number = 0 }: Cut, basis: ContextBasis): readonly ContextItem[] {
  if (summary?.isNew !== true) return [];
  const row: LedgerRow = {
    id: summary.id,
    role: 'user',
    kind: 'message',
    category: 'summary',
    fate: 'kept',
    tokens: summary.tokens,
    tokens_after: summary.tokens,
    sequence: number,
  };
  return [{ row, tokens: summary.tokens, basis, isInserted: true }];
}

/**
 * What a later compaction met that did not stand before it: it came in between. A list grows at its end, so what
 * stood is the beginning of the later ledger; where that was edited, it is told apart by ids.
 */
export function rowsSince(standing: readonly ContextItem[], next: Cut): readonly LedgerRow[] {
  const rows = next.ledger ?? [];
  if (isPrefix(standing, rows)) return rows.slice(standing.length);
  const ids = new Set(standing.map((item) => item.row.id));
  return rows.filter((row) => !ids.has(row.id));
}

/** By what was not changed; a cleared or trimmed item, and a summary, may come back under another id. */
export function isPrefix(standing: readonly ContextItem[], rows: readonly LedgerRow[]): boolean {
  return standing.every(({ row, isInserted }, at) => {
    const later = rows[at];
    if (later === undefined) return false;
    if (isInserted) return later.category === 'summary';
    return row.tokens === row.tokens_after ? row.id === later.id : row.category === later.category;
  });
}
