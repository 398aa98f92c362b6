import { accountForCache } from './cache/account-for-cache.ts';
import { summarizerAccountOf } from './cache/meter-summarizers.ts';
import type { Answered } from './cache/meter-summarizers.ts';
import { account, accountUnchanged, coverageOf } from './account.ts';
import { rowOf } from './commit.ts';
import type { Entry } from './entry.ts';
import type { CompactError } from './errors.ts';
import type { Retention } from './facts/retention.ts';
import { isVisible } from './ledger.ts';
import type { LedgerRow } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { LadderStep } from './policy.ts';
import type { Prepared } from './prepare.ts';
import type { ProviderUse } from './providers/provider-use.ts';
import type { Restoration } from './restoring/restoration.ts';
import type { CompactResult, SummaryInfo } from './result.ts';
import type { Shortfall } from './shortfall.ts';
import type { Thrashing } from './thrash/thrashing.ts';

/** What a run came to. Without `changed`, the context is as it was. */
export type Finding<TItem> = {
  readonly outcome: Outcome;
  /** The trigger rule that fired. */
  readonly rule?: string;
  readonly advice?: string;
  readonly shortfall?: Shortfall;
  readonly thrash?: Thrashing;
  readonly error?: CompactError;
  readonly attempts?: number;
  /** What summarisers answered. */
  readonly answers?: readonly Answered[];
  readonly steps?: readonly LadderStep[];
  readonly changed?: Changed<TItem>;
  readonly restoration?: Restoration;
  readonly provider?: ProviderUse;
};

/** A context in the place of another. */
export type Changed<TItem> = {
  readonly entries: readonly Entry<TItem>[];
  readonly rows: readonly LedgerRow[];
  readonly gone: readonly LedgerRow[];
  /** What was put in; absent: the summary that is new. */
  readonly inserted?: readonly Entry<TItem>[];
  readonly splice: { readonly index: number; readonly removed: number; readonly inserted: number };
  readonly summary: SummaryInfo | undefined;
  readonly sequence: number;
  readonly retention?: Retention | undefined;
};

export type RunFacts = Pick<CompactResult<unknown>, 'id' | 'sessionId' | 'trigger' | 'phase' | 'overflow'>;

/** The items and the rows are worked out when they are first read: below the trigger, nobody may ask for rows. */
export function describeResult<TItem>(
  facts: RunFacts,
  prepared: Prepared<TItem>,
  finding: Finding<TItem>,
): CompactResult<TItem> {
  const { state, resumed, basis, window } = prepared;
  const { changed, outcome, rule, advice, shortfall, thrash, error, restoration } = finding;
  const { attempts = 0, steps = [], answers = [] } = finding;
  const gone = changed?.gone ?? resumed.gone;
  const summarizer = summarizerAccountOf(answers);
  const summary = changed === undefined ? resumed.summary : changed.summary;
  const after = once(() => changed?.entries ?? resumed.entries);
  const items = once(() => changed?.entries.map(({ item }) => item) ?? resumed.items.values);
  const met = once(() => changed?.rows ?? resumed.entries.map(untouched));
  const ledger = once(() => cumulative(after(), met(), gone));
  const accounts =
    changed === undefined
      ? { ...accountUnchanged(prepared.tally, prepared.measure, basis), coverage: prepared.coverage }
      : accountOf(prepared, changed);
  const prefixTokens = 'prefixTokens' in accounts ? accounts.prefixTokens : undefined;
  return {
    ...facts,
    ...(rule === undefined ? {} : { rule }),
    callIndex: state.calls,
    sequence: changed?.sequence ?? state.sequence,
    outcome,
    ...(advice === undefined ? {} : { advice }),
    ...(shortfall === undefined ? {} : { shortfall }),
    ...(thrash === undefined ? {} : { thrash }),
    ...(error === undefined ? {} : { error }),
    get items() {
      return items();
    },
    get ledger() {
      return ledger();
    },
    get met() {
      return met();
    },
    window,
    ...accounts,
    ...accountForCache(prepared, answers, { tokens: accounts.tokens.after, prefixTokens }),
    calibration: { scale: state.scale, uncertainty: prepared.anchored.uncertainty, ...state.last },
    attempts,
    steps,
    ...(summarizer === undefined ? {} : { summarizer }),
    reapplied: resumed.reapplied,
    ...(restoration === undefined ? {} : { restoration }),
    ...(finding.provider === undefined ? {} : { provider: finding.provider }),
    ...(changed?.retention === undefined ? {} : { retention: changed.retention }),
    ...(summary === undefined ? {} : { summary }),
  };
}

/** What a change came to, in numbers. */
function accountOf<TItem>(
  { resumed, fixed, basis, measure, tally }: Prepared<TItem>,
  { entries: after, rows, gone, splice, ...changed }: Changed<TItem>,
) {
  const before = resumed.entries;
  const inserted =
    changed.inserted ??
    after.filter((entry) => entry.isSummary && entry.past === undefined && !before.includes(entry));
  const prefix = before.slice(0, splice.index);
  return {
    ...account({ before: { ...measure, count: tally.count }, after, rows, inserted, fixed, basis }),
    coverage: coverageOf(resumed.seen, after, gone),
    splice,
    prefixTokens: prefix.reduce((sum, { tokens }) => sum + tokens, fixed.instructions + fixed.tools),
  };
}

function untouched(entry: Entry<unknown>): LedgerRow {
  return rowOf(entry, undefined, entry.tokens, { sequence: 0 });
}

function once<TValue>(work: () => TValue): () => TValue {
  let done: { readonly value: TValue } | undefined;
  return () => (done ??= { value: work() }).value;
}

/** What is in the context, each with the last thing that was done to it, and what is out of it; in order. */
function cumulative(
  after: readonly Entry<unknown>[],
  met: readonly LedgerRow[],
  gone: readonly LedgerRow[],
): readonly LedgerRow[] {
  const now = new Map(met.map((row) => [row.index, row]));
  const visible = after.flatMap((entry) => {
    const row = entry.past ?? now.get(entry.ordinal);
    return entry.ordinal === undefined || row === undefined || !isVisible(row.fate) ? [] : row;
  });
  return [...visible, ...gone].toSorted(
    (left, right) => (left.index ?? Infinity) - (right.index ?? Infinity),
  );
}
