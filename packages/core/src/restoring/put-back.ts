import { goneRows } from '../account.ts';
import { rowOf } from '../commit.ts';
import type { Changed } from '../describe-result.ts';
import { shortId } from '../entry.ts';
import type { Entry } from '../entry.ts';
import type { Engine } from '../engine.ts';
import { groupEntries } from '../group.ts';
import { isVisible } from '../ledger.ts';
import type { LedgerRow } from '../ledger.ts';
import { measure } from '../measure.ts';
import { maxSplices } from '../next-splice.ts';
import { factsOfSummary } from '../facts/facts-of-summary.ts';
import { digestOfAll, prefixDigests } from '../prefix-digests.ts';
import type { Prepared } from '../prepare.ts';
import type { SummaryInfo } from '../result.ts';
import type { SessionState, Splice } from '../session-state.ts';
import { budgetOf } from '../window.ts';
import type { Refusal } from './restoration.ts';

/** The context that shall be, up to the end of what the splice in force covers. */
export type Target<TItem> = {
  readonly region: readonly Entry<TItem>[];
  /** Rows of what stays outside. */
  readonly gone: readonly LedgerRow[];
  readonly summary: SummaryInfo | undefined;
  /** The compaction whose effect is then in force. */
  readonly inForce: number | undefined;
  readonly reason: 'undone' | 'reinflated';
};

export type PutBack<TItem> = { readonly state: SessionState; readonly changed: Changed<TItem> };

/** @returns why the provider or the budget does not allow it, or `undefined` */
export function objectionTo<TItem>(
  { dialect }: Engine<TItem>,
  { resumed, fixed, window }: Prepared<TItem>,
  region: readonly Entry<TItem>[],
): Omit<Refusal, 'id'> | undefined {
  const after = [...region, ...resumed.entries.slice(resumed.spliced)];
  const tokens = measure(after, fixed).total;
  const budget = budgetOf(window);
  if (tokens > budget) {
    return { reason: 'over_budget', message: `The prompt would have ${tokens} tokens; ${budget} fit.` };
  }
  const [defect] = groupEntries(after).defects;
  if (defect !== undefined) return { reason: 'invalid', message: defect };
  const [broken] =
    dialect.validate?.(
      after.map(({ item }) => item),
      resumed.items.values,
    ) ?? [];
  return broken === undefined ? undefined : { reason: 'invalid', message: broken.message };
}

/** Puts the target in the place of what the splice in force left: one more splice, and what it came to. Pure. */
export function putBack<TItem>(
  { state, inspected, resumed }: Prepared<TItem>,
  current: Splice,
  target: Target<TItem>,
): PutBack<TItem> {
  const sequence = state.sequence + 1;
  const before = resumed.entries;
  const tail = before.slice(resumed.spliced);
  const known = new Map(before.map((entry) => [placeOf(entry), entry]));
  const pasts = new Map(rowsBefore(resumed.gone, before).map((row) => [row.index, row]));
  const region = target.region.map((entry) => {
    const was = known.get(placeOf(entry));
    if (was?.id === entry.id || entry.ordinal === undefined) return entry;
    const past = pasts.get(entry.ordinal);
    return { ...entry, past: restoredRow(entry, past, sequence, target.reason) };
  });
  const after = [...region, ...tail];
  const staying = new Map(after.map((entry) => [placeOf(entry), entry]));
  const rows = before.map((entry) => {
    const next = staying.get(placeOf(entry));
    const row = rowOf(entry, undefined, next?.tokens ?? 0, { sequence });
    if (next === undefined) return { ...row, fate: 'dropped', reason: target.reason } as const;
    return next.id === entry.id ? row : { ...row, reason: target.reason };
  });
  const visible = new Set(after.map(({ id }) => shortId(id)));
  const gone = goneRows([
    ...target.gone.filter((row) => row.index !== undefined || !visible.has(row.id)),
    ...rows.filter((row) => row.index === undefined && !isVisible(row.fate)),
  ]);
  const inserted = after.filter((entry) => !known.has(placeOf(entry)));
  const first = before.findIndex((entry, position) => after[position]?.id !== entry.id);
  const facts =
    target.summary?.id === resumed.summary?.id ? resumed.facts : factsOfSummary(state, target.summary);
  const splice: Splice = {
    prefixLength: resumed.prefixLength,
    prefixDigest: prefixDigests(inspected, [resumed.prefixLength]).get(resumed.prefixLength) ?? '',
    replacement: region.map(({ item, ordinal, past }) => ({
      item,
      ...(ordinal === undefined ? {} : { ordinal }),
      ...(past === undefined ? {} : { past }),
    })),
    replacementDigest: digestOfAll(region),
    seen: current.seen,
    gone: [...gone],
    ...(target.summary === undefined ? {} : { summary: target.summary }),
    facts: [...facts],
    sequence,
    ...(target.inForce === undefined ? {} : { inForce: target.inForce }),
    isHeld: true,
  };
  return {
    state: { ...state, sequence, splices: [splice, ...state.splices].slice(0, maxSplices) },
    changed: {
      entries: after,
      rows,
      gone,
      inserted,
      splice: {
        index: first === -1 ? before.length : first,
        removed: rows.filter(({ fate }) => !isVisible(fate)).length,
        inserted: inserted.length,
      },
      summary: target.summary,
      sequence,
    },
  };
}

/** What makes an entry the same item before and after: its number, or for what we inserted its content. */
function placeOf({ ordinal, id }: Entry<unknown>): string {
  return ordinal === undefined ? id : `#${ordinal}`;
}

/** Counted as in the context again; where it is archived, it still is. */
function restoredRow(
  entry: Entry<unknown>,
  past: LedgerRow | undefined,
  sequence: number,
  reason: string,
): LedgerRow {
  const row = rowOf(entry, undefined, entry.tokens, { sequence });
  const archiveRef = past?.archiveRef;
  return {
    ...row,
    // The same item, though an archive that redacts gives it back without its secrets.
    id: past?.id ?? row.id,
    tokens: past?.tokens ?? row.tokens,
    reason: entry.isProtected ? (row.reason ?? reason) : reason,
    ...(archiveRef === undefined ? {} : { archiveRef }),
  };
}

export function rowsBefore(
  gone: readonly LedgerRow[],
  entries: readonly Entry<unknown>[],
): readonly LedgerRow[] {
  return [...gone, ...entries.flatMap(({ past }) => past ?? [])];
}
