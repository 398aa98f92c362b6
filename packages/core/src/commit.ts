import type { Change, Changes } from './change.ts';
import { shortId } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Group } from './group.ts';
import { isVisible } from './ledger.ts';
import type { LedgerRow } from './ledger.ts';
import { takesTurn } from './takes-turn.ts';

const previewCharacters = 120;

export type SummaryPlacer<TItem> = (
  before: Entry<TItem> | undefined,
  after: Entry<TItem> | undefined,
) => readonly Entry<TItem>[];

export type CommitInput<TItem> = {
  readonly entries: readonly Entry<TItem>[];
  readonly groups: readonly Group[];
  readonly changes: Changes;
  /** The summary to insert, where there is one, for the place between two entries. */
  readonly summary: SummaryPlacer<TItem> | undefined;
  /** The number of this compaction. */
  readonly sequence: number;
  /** Where the archive has each item that is changed, by position. */
  readonly archiveRefs: ReadonlyMap<number, string>;
  /** The edited copy of each item whose text changes, read and weighed, by position. */
  readonly edited: ReadonlyMap<number, Entry<TItem>>;
};

export type Committed<TItem> = {
  /** The context after the splice. */
  readonly entries: readonly Entry<TItem>[];
  /** A row for each entry before it, in order. */
  readonly rows: readonly LedgerRow[];
  readonly splice: { readonly index: number; readonly removed: number; readonly inserted: number };
};

/** Applies the changes: pure, and the only place where a context becomes another. */
export function commit<TItem>(input: CommitInput<TItem>): Committed<TItem> {
  const { entries, groups, changes, summary, sequence, edited } = input;
  let index = entries.length;
  for (const position of changes.keys()) index = Math.min(index, position);
  const at = summary === undefined ? -1 : insertionPoint(entries, groups, changes);
  const head: Entry<TItem>[] = [];
  const tail: Entry<TItem>[] = [];
  const rows: LedgerRow[] = [];
  for (const [position, entry] of entries.entries()) {
    const change = changes.get(position);
    const next = change === undefined ? entry : edited.get(position);
    const archiveRef = input.archiveRefs.get(position);
    const row = rowOf(entry, change, next?.tokens ?? 0, { sequence, archiveRef });
    rows.push(row);
    if (next === undefined) continue;
    const side = at === -1 || position < at ? head : tail;
    side.push(change === undefined ? next : { ...next, past: pastOf(entry, row) });
  }
  const inserted = summary?.(head.findLast(takesTurn), tail.find(takesTurn)) ?? [];
  const removed = rows.filter(({ fate }) => !isVisible(fate)).length;
  return {
    entries: [...head, ...inserted, ...tail],
    rows,
    splice: { index, removed, inserted: inserted.length },
  };
}

/** The row of an entry as it stands, when no compaction touches it now. */
export function rowOf<TItem>(
  entry: Entry<TItem>,
  change: Change | undefined,
  tokensAfter: number,
  { sequence, archiveRef }: { sequence: number; archiveRef?: string | undefined },
): LedgerRow {
  const { view, id, tokens, category, ordinal, isProtected } = entry;
  const pair = view.calls[0] ?? view.answers[0];
  const reason = change?.reason ?? (isProtected ? protectedReason(entry) : undefined);
  const fate = change?.fate ?? (isProtected ? 'protected' : 'kept');
  // Field by field: there is a row for every item, and spreading what may be absent costs ten times as much.
  const row: Writable<LedgerRow> = {
    id: shortId(id),
    role: view.role,
    kind: view.kind,
    category,
    fate,
    tokens,
    tokensAfter,
    sequence,
    preview: previewOf(view.text),
  };
  if (ordinal !== undefined) row.index = ordinal;
  if (reason !== undefined) row.reason = reason;
  if (view.tool !== undefined) row.tool = view.tool;
  if (pair !== undefined) row.pair = pair;
  if (change !== undefined && archiveRef !== undefined) row.archiveRef = archiveRef;
  return row;
}

type Writable<TValue> = { -readonly [TKey in keyof TValue]: TValue[TKey] };

function previewOf(text: string): string {
  // The space in front makes it a text of its own: V8 lets a mere slice keep the whole of the item alive.
  const start = ` ${text.slice(0, previewCharacters)}`;
  return start.replace(/[^\S ]\s*| \s+/gu, ' ').trim();
}

function protectedReason({ view, pin }: Entry<unknown>): string {
  if (pin !== undefined) return pin;
  return view.role === 'system' || view.role === 'developer' ? `role_${view.role}` : 'flagged';
}

/** The cumulative row: it is about the item as it was before anything was done to it, wherever that is now. */
export function pastOf({ past }: Entry<unknown>, row: LedgerRow): LedgerRow {
  if (past === undefined) return row;
  const archiveRef = past.archiveRef ?? row.archiveRef;
  return {
    ...row,
    id: past.id,
    tokens: past.tokens,
    preview: past.preview,
    ...(archiveRef === undefined ? {} : { archiveRef }),
  };
}

/**
 * Before the first entry that stays behind what leaves and is not protected, but never inside a group. Protected
 * items thus come first, then the summary, then what is recent, and what is kept keeps its order.
 */
export function insertionPoint(
  entries: readonly Entry<unknown>[],
  groups: readonly Group[],
  changes: Changes,
): number {
  const leaves = (position: number) => {
    const change = changes.get(position);
    return change !== undefined && !('text' in change);
  };
  const first = entries.findIndex((_, position) => leaves(position));
  const isInside = insideOf(groups, leaves, entries.length);
  const outside = (candidate: number): number => {
    if (candidate === -1) return entries.length;
    for (let position = candidate; position < entries.length; position += 1) {
      if (!isInside(position)) return position;
    }
    return entries.length;
  };
  const isBehind = (position: number) => position > first && !leaves(position);
  const point = outside(entries.findIndex((entry, position) => isBehind(position) && !entry.isProtected));
  // At the very end it would be the last word, which is the user's: rather before what is protected.
  return point < entries.length ? point : outside(entries.findIndex((_, position) => isBehind(position)));
}

/** Whether a position lies behind the first member of a group that stays, in whole or in part, and not behind its last. */
function insideOf(
  groups: readonly Group[],
  leaves: (position: number) => boolean,
  length: number,
): (position: number) => boolean {
  // At each position, how many more groups are open than at the one before it.
  const opened = new Int32Array(length + 2);
  for (const { members } of groups) {
    if (members.length < 2 || members.every(leaves)) continue;
    const [start = 0, end = 0] = [members[0], members.at(-1)];
    opened[start + 1] = (opened[start + 1] ?? 0) + 1;
    opened[end + 1] = (opened[end + 1] ?? 0) - 1;
  }
  let open = 0;
  const isInside = opened.map((change) => (open += change));
  return (position) => (isInside[position] ?? 0) > 0;
}
