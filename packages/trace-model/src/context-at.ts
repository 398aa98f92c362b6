import type { LedgerRow } from '@clew/semconv';
import { sentTokens, type Call } from './call.ts';
import type { Cut } from './cut.ts';
import { staysInContext } from './fate-sums.ts';
import { known } from './known.ts';
import { itemsAfter, rowsSince, type ContextItem } from './list-after.ts';
import type { Session } from './session.ts';

/** An item that an earlier prompt held and this one does not, and the compaction that took it out. */
export type GoneItem = { readonly row: LedgerRow; readonly cut: Cut };

/** What the model saw at one call, as far as it was told. Tokens throughout. */
export type ContextAt = {
  readonly call: Call;
  /** The compaction that last changed the list, with or before this call. */
  readonly cut?: Cut;
  /** In prompt order. */
  readonly items: readonly ContextItem[];
  readonly gone: readonly GoneItem[];
  /** Instructions, tool schemas and framing, which no ledger lists. */
  readonly fixed?: number;
  /** Of what was sent, what no item here explains; below 0, the items hold more than was sent. */
  readonly unlisted?: number;
  /** Of the items that were sent, how many are not listed here. */
  readonly unlistedItems?: number;
};

/** What the model saw at the session's nth call, from 1; `undefined` where there is no such call. */
export function contextAt(session: Session, position: number): ContextAt | undefined {
  const call = session.calls[position - 1];
  if (call === undefined) return undefined;
  // An attempt that changed nothing lists what it met all the same.
  const listing = session.cuts.filter((cut) => cut.ledger !== undefined);
  const past = listing.filter((cut) => cut.call.position <= position);
  const cut = past.at(-1);
  const next = listing.find((later) => later.call.position > position);

  const standing = cut === undefined ? [] : itemsAfter(cut, cut.call.position === position);
  const sent = sentTokens(call);
  const record = session.runs[position - 1]?.record;
  // Where this call's own run does not say, the nearest compaction does: instructions and tools seldom change.
  const fixed = (record ?? (cut ?? next)?.run.record)?.tokens.fixed;
  const room = sent === undefined ? undefined : sent - (fixed ?? 0) - total(standing);
  const since = next === undefined ? [] : rowsSince(standing, next);
  const count = record === undefined ? bySize(since, room ?? 0) : record.count.after - standing.length;
  const placed = since.slice(0, Math.max(0, count)).map(asPlaced);
  const items = [...standing, ...placed];
  return {
    call,
    items,
    gone: past.flatMap((earlier) => goneWith(earlier)),
    ...known({
      cut: session.cuts.findLast((one) => one.kind === 'changed' && one.call.position <= position),
      fixed,
      unlisted: sent === undefined ? undefined : sent - (fixed ?? 0) - total(items),
      unlistedItems: record && record.count.after - items.length,
    }),
  };
}

function goneWith(cut: Cut): readonly GoneItem[] {
  return (cut.ledger ?? []).filter((row) => !staysInContext(row.fate)).map((row) => ({ row, cut }));
}

/** How many of the rows, oldest first, come nearest to the room that the prompt leaves for them. */
function bySize(rows: readonly LedgerRow[], room: number): number {
  let left = room;
  const end = rows.findIndex((row) => {
    if (Math.abs(left - row.tokens) > Math.abs(left)) return true;
    left -= row.tokens;
    return false;
  });
  return end === -1 ? rows.length : end;
}

/** As the call met it: its fate belongs to the run that lists it, which came later. */
function asPlaced(row: LedgerRow): ContextItem {
  const met: LedgerRow = { ...row, fate: 'kept', tokens_after: row.tokens, sequence: 0 };
  return { row: met, tokens: row.tokens, basis: 'placed', isInserted: row.category === 'summary' };
}

function total(items: readonly ContextItem[]): number {
  return items.reduce((sum, item) => sum + item.tokens, 0);
}
