import type { Changes } from './change.ts';
import type { Committed } from './commit.ts';
import { goneRows } from './account.ts';
import { pastOf } from './commit.ts';
import type { Entry } from './entry.ts';
import type { Fact } from './facts/fact.ts';
import type { Inspector } from './inspector.ts';
import type { LedgerRow } from './ledger.ts';
import { digestOfAll, prefixDigests } from './prefix-digests.ts';
import type { Prepared } from './prepare.ts';
import type { SummaryInfo } from './result.ts';
import type { SessionState, Splice } from './session-state.ts';

/** A branch keeps its own splice; more than this many at once are not worth their memory. */
export const maxSplices = 8;

/** The state in which the splice is in force: bound to the prefix that it replaces, and to what it left. */
export function withSplice<TItem>(
  prepared: Prepared<TItem>,
  committed: Committed<TItem>,
  gone: readonly LedgerRow[],
  changes: Changes,
  summary: SummaryInfo | undefined,
  facts: readonly Fact[],
  inspector: Inspector<TItem>,
): SessionState {
  const { state, inspected, resumed } = prepared;
  const end = coveredEnd(prepared, committed, changes);
  const tail = resumed.entries.length - end;
  const prefixLength = inspected.length - tail;
  const kept = committed.entries.slice(0, committed.entries.length - tail);
  const replacement = kept.map(({ item, ordinal, past }) => ({
    item,
    ...(ordinal === undefined ? {} : { ordinal }),
    ...(past === undefined ? {} : { past }),
  }));
  const splice: Splice = {
    prefixLength,
    prefixDigest: prefixDigests(inspected, [prefixLength]).get(prefixLength) ?? '',
    replacement,
    replacementDigest: digestOfAll(kept.map(({ item }) => inspector.inspect(item))),
    seen: resumed.seen - tail,
    gone: [...gone],
    ...(summary === undefined ? {} : { summary }),
    sequence: state.sequence + 1,
    inForce: state.sequence + 1,
    ...(resumed.splice?.sequence === undefined ? {} : { parent: resumed.splice.sequence }),
    ...(facts.length === 0 ? {} : { facts: [...facts] }),
  };
  const own = committed.entries.filter(({ isSummary, isProtected }) => isSummary && !isProtected);
  return {
    ...state,
    sequence: state.sequence + 1,
    splices: [splice, ...state.splices].slice(0, maxSplices),
    summaries:
      summary === undefined
        ? state.summaries
        : { ...state.summaries, ...Object.fromEntries(own.map(({ id }) => [id, summary])) },
  };
}

type ProviderSplice<TItem> = {
  readonly gone: readonly LedgerRow[];
  readonly summary: SummaryInfo;
  /** The item that stands for everything before it. */
  readonly compaction: Entry<TItem>;
  readonly inspector: Inspector<TItem>;
};

/**
 * The state in which what the provider compacted is in force, however the caller goes on: with the whole history and
 * the provider's item behind it, or with that item first.
 */
export function withProviderSplice<TItem>(
  { state, inspected, resumed }: Prepared<TItem>,
  { entries }: Committed<TItem>,
  { gone, summary, compaction, inspector }: ProviderSplice<TItem>,
): SessionState {
  const sequence = state.sequence + 1;
  const whole = [...inspected, compaction];
  const spliced = (prefix: readonly { readonly id: string }[]): Splice => ({
    prefixLength: prefix.length,
    prefixDigest: digestOfAll(prefix),
    replacement: entries.map(({ item, ordinal, past }) => ({
      item,
      ...(ordinal === undefined ? {} : { ordinal }),
      ...(past === undefined ? {} : { past }),
    })),
    replacementDigest: digestOfAll(entries.map(({ item }) => inspector.inspect(item))),
    seen: resumed.seen,
    gone: [...gone],
    summary,
    sequence,
    inForce: sequence,
    ...(resumed.splice?.sequence === undefined ? {} : { parent: resumed.splice.sequence }),
  });
  return {
    ...state,
    sequence,
    splices: [spliced([compaction]), spliced(whole), ...state.splices].slice(0, maxSplices),
    summaries: { ...state.summaries, [compaction.id]: summary },
  };
}

/** The rows of everything that is out of the context once this splice is in force. */
export function goneAfter<TItem>({ resumed }: Prepared<TItem>, { rows }: Committed<TItem>) {
  const now = rows.map((row, index) => {
    const entry = resumed.entries[index];
    return entry === undefined ? row : pastOf(entry, row);
  });
  return goneRows([...resumed.gone, ...now]);
}

/** The first position behind everything that this splice touches, and behind the splice before it. */
function coveredEnd<TItem>(
  { resumed }: Prepared<TItem>,
  { entries }: Committed<TItem>,
  changes: Changes,
): number {
  let lastChange = -1;
  for (const position of changes.keys()) lastChange = Math.max(lastChange, position);
  // The summary may stand behind the last change: the entry after it is the first that is surely untouched.
  const at = entries.findLastIndex(({ isSummary }) => isSummary);
  const next = at === -1 ? undefined : entries[at + 1];
  const summaryEnd = at === -1 || next === undefined ? 0 : resumed.entries.indexOf(next);
  const untilEnd = at !== -1 && next === undefined ? resumed.entries.length : 0;
  return Math.max(resumed.spliced, lastChange + 1, summaryEnd, untilEnd);
}
