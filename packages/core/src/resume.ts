import { categoryOf } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Fact } from './facts/fact.ts';
import { factsOfSummary } from './facts/facts-of-summary.ts';
import { GrowingList } from './growing-list.ts';
import type { Inspected, Inspector } from './inspector.ts';
import type { LedgerRow } from './ledger.ts';
import { prefixDigests } from './prefix-digests.ts';
import { providerCompaction } from './providers/provider-summary.ts';
import { pinOf } from './restoring/pins.ts';
import type { SummaryInfo } from './result.ts';
import type { SessionState, Splice } from './session-state.ts';

/** The context as it stands before anything new is decided. */
export type Resumed<TItem> = {
  readonly list: GrowingList<Entry<TItem>>;
  /** The item of each entry. */
  readonly items: GrowingList<TItem>;
  /** `list` as an array. */
  readonly entries: readonly Entry<TItem>[];
  /** Positions of `entries` that the splice in force covers; behind them the caller's items stand unchanged. */
  readonly spliced: number;
  /** How many of the caller's items those positions stand for. */
  readonly prefixLength: number;
  /** Items ever seen. */
  readonly seen: number;
  readonly gone: readonly LedgerRow[];
  readonly summary: SummaryInfo | undefined;
  /** The facts that were carried on by the compaction before. */
  readonly facts: readonly Fact[];
  readonly reapplied: 'none' | 'applied' | 'missed';
  /** The splice in force. */
  readonly splice: Splice | undefined;
};

export type ResumeInput<TItem> = {
  readonly state: SessionState;
  readonly items: readonly Inspected<TItem>[];
  readonly inspector: Inspector<TItem>;
  readonly isProtected: (inspected: Inspected<TItem>) => boolean;
};

/**
 * Finds the splice in force. Raw: the caller's items begin with the prefix that it replaced, and it is applied
 * again. Rolling: they begin with what it left, and nothing is to be done. Else it belongs to another branch.
 */
export function resume<TItem>(input: ResumeInput<TItem>): Resumed<TItem> {
  const { state, items } = input;
  if (state.splices.length === 0) return fresh(input, 'none');
  const digests = prefixDigests(
    items,
    state.splices.flatMap(({ prefixLength, replacement }) => [prefixLength, replacement.length]),
  );
  // The one that accounts for most of the list, and of two the newer: a splice that only dropped leaves so little
  // that what is left of it may fit by chance, at the head of the very history that an older one replaced.
  const hasOwn = items.some((item) => isOwn(state, item));
  const [best] = state.splices
    .flatMap((splice) => fitsOf(splice, digests))
    // What left nothing fits any list; one with a summary of ours does not come from it.
    .filter(({ length }) => length > 0 || !hasOwn)
    .toSorted((left, right) => right.length - left.length);
  return best === undefined
    ? fresh(input, 'missed')
    : behind(input, best.splice, best.length, best.reapplied);
}

type Fit = {
  readonly splice: Splice;
  readonly length: number;
  readonly reapplied: 'none' | 'applied';
};

function fitsOf(splice: Splice, digests: ReadonlyMap<number, string>): readonly Fit[] {
  const { prefixLength, prefixDigest, replacement, replacementDigest } = splice;
  const { length } = replacement;
  const isRaw = digests.get(prefixLength) === prefixDigest;
  const isRolling = digests.get(length) === replacementDigest;
  // What was put back at its end begins with what stood there before: the longer of the two is meant.
  return [
    ...(isRaw ? [{ splice, length: prefixLength, reapplied: 'applied' as const }] : []),
    ...(isRolling ? [{ splice, length, reapplied: 'none' as const }] : []),
  ];
}

/**
 * The same context with more of the caller's items behind it. `undefined` where they may change what stands
 * before them: a splice of another branch may now fit, or one of them is a summary of ours.
 *
 * @param known how many of the items the context has already
 */
export function extendResumed<TItem>(
  before: Resumed<TItem>,
  known: number,
  added: readonly Inspected<TItem>[],
  { state, ...input }: Omit<ResumeInput<TItem>, 'items' | 'inspector'>,
): Resumed<TItem> | undefined {
  const isReached = (length: number) => length > known && length <= known + added.length;
  const mayFit = state.splices.some(
    ({ prefixLength, replacement }) => isReached(prefixLength) || isReached(replacement.length),
  );
  if (mayFit || added.some((item) => isOwn(state, item))) return undefined;
  const { spliced, prefixLength, seen, gone, summary, facts, reapplied, splice } = before;
  const tail = added.map((item, index) => toEntry(item, input, state, { ordinal: seen + index }));
  const rest = { spliced, prefixLength, seen: seen + tail.length, gone, summary, facts, reapplied, splice };
  const items = before.items.append(tail.map(({ item }) => item));
  return withEntries(before.list.append(tail), rest, items);
}

function withEntries<TItem>(
  list: GrowingList<Entry<TItem>>,
  rest: Omit<Resumed<TItem>, 'list' | 'items' | 'entries'>,
  items: GrowingList<TItem> = GrowingList.from(list.values.map(({ item }) => item)),
): Resumed<TItem> {
  return {
    ...rest,
    list,
    items,
    get entries() {
      return list.values;
    },
  };
}

function fresh<TItem>(
  { state, items, ...input }: ResumeInput<TItem>,
  reapplied: 'none' | 'missed',
): Resumed<TItem> {
  const summaries = items.flatMap(({ id }) => state.summaries[id] ?? []);
  let seen = 0;
  const entries = items.map((item) =>
    toEntry(item, input, state, isOwn(state, item) ? {} : { ordinal: seen++ }),
  );
  return withEntries(GrowingList.from(entries), {
    spliced: 0,
    prefixLength: 0,
    seen,
    gone: [],
    summary: summaries.at(-1),
    // The history was edited around our summary: its facts still hold.
    facts: factsOfSummary(state, summaries.at(-1)),
    reapplied,
    splice: undefined,
  });
}

function behind<TItem>(
  { state, items, inspector, ...input }: ResumeInput<TItem>,
  splice: Splice,
  length: number,
  reapplied: 'none' | 'applied',
): Resumed<TItem> {
  const replaced = splice.replacement.map(({ item, ...origin }) =>
    // The store gave back what we put there: an item of this dialect.
    toEntry(inspector.inspect(item as TItem), input, state, origin),
  );
  const tail = items
    .slice(length)
    .map((item, index) => toEntry(item, input, state, { ordinal: splice.seen + index }));
  return withEntries(GrowingList.from([...replaced, ...tail]), {
    spliced: replaced.length,
    prefixLength: length,
    seen: splice.seen + tail.length,
    gone: splice.gone,
    summary: splice.summary,
    facts: splice.facts ?? [],
    reapplied,
    splice,
  });
}

function isOwn<TItem>(state: SessionState, { id }: Inspected<TItem>): boolean {
  return Object.hasOwn(state.summaries, id);
}

/** @param origin where it came from, where it is not simply the caller's */
export function toEntry<TItem>(
  inspected: Inspected<TItem>,
  { isProtected }: { readonly isProtected: (inspected: Inspected<TItem>) => boolean },
  state: SessionState,
  origin: { readonly ordinal?: number; readonly past?: LedgerRow } = {},
): Entry<TItem> {
  const { item, view, id, weight } = inspected;
  // What the caller put behind our own is the caller's, though it may repeat our words to the letter.
  const isSummary = origin.ordinal === undefined && isOwn(state, inspected);
  const isProvider = isSummary && state.summaries[id]?.by === 'provider';
  // A pin is on the item as it was first, whatever stands for it now.
  const pin = isProvider ? providerCompaction : pinOf(state, { id: origin.past?.id ?? id, view });
  const mark = {
    isSummary,
    // A summary has to make room for the next one, whatever the policy says of its role.
    isProtected: pin !== undefined || (!isSummary && isProtected(inspected)),
    ...(pin === undefined ? {} : { pin }),
  };
  const tokens = Math.round(weight * state.scale);
  return { item, view, id, tokens, category: categoryOf(view, mark), ...mark, ...origin };
}
