import { shortId } from '../entry.ts';
import type { Entry } from '../entry.ts';
import type { LedgerRow } from '../ledger.ts';
import type { CutLine, ContextLine, ContextPart, ItemLine } from './run-log-line.ts';
import type { Standing } from './standing.ts';

type Entries = readonly Entry<unknown>[];

/** What of an item may be written down; `undefined`: nothing of it. */
export type LoggedContent = (item: unknown) => unknown;

/** What the log of a session has, by the ids of its conversation. */
export type LogState = { readonly ids: string[]; splice: string };

export type LineHead = Pick<ItemLine, 'schema_version' | 'at' | 'session_id'>;

/**
 * What is to be added to a log for it to tell of a session as it stands; brings `state` up to that. Where a splice has
 * come into force, also items that nobody can see are told, by their rows.
 */
export function linesOfStanding(
  state: LogState,
  standing: Standing,
  head: LineHead,
  content: LoggedContent,
): readonly (ItemLine | CutLine | ContextLine)[] {
  const { entries, gone, seen, splice } = standing;
  const isOther = splice !== state.splice;
  const lines: (ItemLine | CutLine | ContextLine)[] = [];
  const items = isOther ? placed(entries, gone) : entries.flatMap((entry) => placeOf(entry) ?? []);
  let isCut = false;
  for (const { position, id, describe } of items) {
    if (state.ids[position] === id) continue;
    // Of another splice's positions nobody knows what stands between.
    if (position > state.ids.length) continue;
    isCut ||= position < state.ids.length;
    state.ids.length = position;
    state.ids.push(id);
    lines.push({ ...head, type: 'item', position, ...describe(content) });
  }
  if (seen < state.ids.length) {
    isCut = true;
    state.ids.length = seen;
    lines.push({ ...head, type: 'cut', length: seen });
  }
  const isOfItsOwn = splice !== '' || entries.some(({ ordinal }) => ordinal === undefined);
  if (isOther || (isCut && isOfItsOwn)) {
    state.splice = splice;
    const parts = partsOf(entries, state.ids, content);
    lines.push({ ...head, type: 'context', length: seen, parts, splice });
  }
  return lines;
}

type Placed = {
  readonly position: number;
  readonly id: string;
  readonly describe: (content: LoggedContent) => Omit<ItemLine, keyof LineHead | 'type' | 'position'>;
};

/** An item of the caller's. A shortened copy is told as the item that it was made from, without its content. */
function placeOf(entry: Entry<unknown>): Placed | undefined {
  const { ordinal, past, id } = entry;
  if (ordinal === undefined) return undefined;
  const own = shortId(id);
  const describe = (content: LoggedContent) =>
    past === undefined || past.id === own ? describeEntry(entry, content) : describeRow(past);
  return { position: ordinal, id: past?.id ?? own, describe };
}

/** Every item that there is, in the order of the conversation. */
function placed(entries: Entries, gone: readonly LedgerRow[]): readonly Placed[] {
  const rows = gone.flatMap((row): Placed[] =>
    row.index === undefined ? [] : [{ position: row.index, id: row.id, describe: () => describeRow(row) }],
  );
  return [...entries.flatMap((entry) => placeOf(entry) ?? []), ...rows].toSorted(
    (left, right) => left.position - right.position,
  );
}

function describeEntry({ id, view, tokens, item }: Entry<unknown>, content: LoggedContent) {
  const { role, kind, tool, calls, answers } = view;
  const pair = calls[0] ?? answers[0];
  const kept = content(item);
  return {
    id: shortId(id),
    role,
    kind,
    ...(tool === undefined ? {} : { tool }),
    ...(pair === undefined ? {} : { pair }),
    tokens,
    ...(kept === undefined ? {} : { item: kept }),
  };
}

function describeRow({ id, role, kind, tool, pair, tokens }: LedgerRow) {
  return {
    id,
    role,
    kind,
    ...(tool === undefined ? {} : { tool }),
    ...(pair === undefined ? {} : { pair }),
    tokens,
  };
}

/** Neighbours that are as they were given make one range. */
function partsOf(entries: Entries, ids: readonly string[], content: LoggedContent): ContextPart[] {
  const parts: ContextPart[] = [];
  for (const entry of entries) {
    const { ordinal } = entry;
    const last = parts.at(-1);
    if (ordinal === undefined || ids[ordinal] !== shortId(entry.id)) {
      parts.push({
        ...describeEntry(entry, content),
        ...(ordinal === undefined ? {} : { position: ordinal }),
      });
    } else if (last !== undefined && 'from' in last && last.to === ordinal) {
      last.to = ordinal + 1;
    } else {
      parts.push({ from: ordinal, to: ordinal + 1 });
    }
  }
  return parts;
}
