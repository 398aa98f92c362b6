import type { LedgerRow } from '@clew/semconv';
import { staysInContext } from './fate-sums.ts';
import { isPrefix, itemsAfter } from './list-after.ts';
import type { Session } from './session.ts';

/**
 * Something that was not told. `calls` and `compactions`: their numbers leave some out, before the run named.
 * `items`: they stood after one compaction, and the next one neither met them nor says where they went.
 * `parents`: spans whose parent has not arrived.
 */
export type Gap =
  | { readonly kind: 'calls' | 'compactions'; readonly count: number; readonly runId: string }
  | {
      readonly kind: 'items';
      readonly count: number;
      readonly runId: string;
      readonly rows: readonly LedgerRow[];
    }
  | { readonly kind: 'parents'; readonly count: number };

/** What a session's own numbers say is missing from what was received. */
export function gapsOf(session: Session): readonly Gap[] {
  const calls = session.calls.map((call) => ({ id: call.id, number: call.index }));
  const compactions = session.cuts.flatMap((cut) =>
    cut.kind === 'changed' && cut.number !== undefined ? [{ id: cut.id, number: cut.number }] : [],
  );
  return [
    ...missing('calls', calls),
    ...missing('compactions', compactions),
    ...vanished(session),
    ...(session.orphanCount === 0 ? [] : [{ kind: 'parents', count: session.orphanCount } as const]),
  ];
}

/** Numbers count from 1 and go up by one; several runs of one call share a number. */
function missing(
  kind: 'calls' | 'compactions',
  runs: readonly { readonly id: string; readonly number: number }[],
): readonly Gap[] {
  const inOrder = runs.toSorted((a, b) => a.number - b.number);
  return inOrder.flatMap(({ id, number }, at) => {
    const count = number - (inOrder[at - 1]?.number ?? 0) - 1;
    return count > 0 ? [{ kind, count, runId: id }] : [];
  });
}

/** Items that stayed after one listed compaction and are not in the list that the next one met. */
function vanished({ cuts }: Session): readonly Gap[] {
  const listed = cuts.filter((cut) => cut.kind === 'changed' && cut.ledger !== undefined);
  return listed.flatMap((cut, at) => {
    const before = listed[at - 1];
    if (before === undefined || before.number === undefined) return [];
    // A compaction in between that was not recorded explains more than this one can.
    if (cut.number !== before.number + 1) return [];
    const standing = itemsAfter(before, true);
    const rows = cut.ledger ?? [];
    if (isPrefix(standing, rows)) return [];
    const met = new Set(rows.map((row) => row.id));
    const gone = standing.flatMap(({ row, isInserted }) =>
      !isInserted && row.tokens === row.tokens_after && staysInContext(row.fate) && !met.has(row.id)
        ? [row]
        : [],
    );
    return gone.length === 0 ? [] : [{ kind: 'items', count: gone.length, runId: cut.id, rows: gone }];
  });
}
