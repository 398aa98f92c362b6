import { account, coverageOf } from './account.ts';
import { rowOf } from './commit.ts';
import type { Entry } from './entry.ts';
import type { CompactError } from './errors.ts';
import { isVisible } from './ledger.ts';
import type { LedgerRow } from './ledger.ts';
import type { Outcome } from './outcome.ts';
import type { LadderStep } from './policy.ts';
import type { Prepared } from './prepare.ts';
import type { CompactResult, SummaryInfo } from './result.ts';

/** What a run came to. Without `changed`, the context is as it was. */
export type Finding<TItem> = {
  readonly outcome: Outcome;
  readonly advice?: string;
  readonly error?: CompactError;
  readonly attempts?: number;
  readonly steps?: readonly LadderStep[];
  readonly changed?: {
    readonly entries: readonly Entry<TItem>[];
    readonly rows: readonly LedgerRow[];
    readonly gone: readonly LedgerRow[];
    readonly splice: { readonly index: number; readonly removed: number; readonly inserted: number };
    readonly summary: SummaryInfo | undefined;
    readonly sequence: number;
  };
};

export type RunFacts = Pick<CompactResult<unknown>, 'id' | 'sessionId' | 'trigger' | 'phase'>;

export function describeResult<TItem>(
  facts: RunFacts,
  { state, resumed, fixed, basis, window }: Prepared<TItem>,
  finding: Finding<TItem>,
): CompactResult<TItem> {
  const { changed, outcome, advice, error, attempts = 0, steps = [] } = finding;
  const before = resumed.entries;
  const after = changed?.entries ?? before;
  const sequence = changed?.sequence ?? state.sequence;
  const met = changed?.rows ?? before.map((entry) => rowOf(entry, undefined, entry.tokens, { sequence: 0 }));
  const inserted =
    changed === undefined ? [] : after.filter((entry) => entry.isSummary && !before.includes(entry));
  const gone = changed?.gone ?? resumed.gone;
  const summary = changed === undefined ? resumed.summary : changed.summary;
  const prefix = changed === undefined ? undefined : before.slice(0, changed.splice.index);
  return {
    ...facts,
    callIndex: state.calls,
    sequence,
    outcome,
    ...(advice === undefined ? {} : { advice }),
    ...(error === undefined ? {} : { error }),
    items: after.map(({ item }) => item),
    ledger: cumulative(after, met, gone),
    met,
    window,
    ...account({ before, after, rows: met, inserted, fixed, basis }),
    coverage: coverageOf(resumed.seen, after, gone),
    attempts,
    steps,
    reapplied: resumed.reapplied,
    ...(changed === undefined ? {} : { splice: changed.splice }),
    ...(prefix === undefined
      ? {}
      : { prefixTokens: prefix.reduce((sum, { tokens }) => sum + tokens, fixed.instructions + fixed.tools) }),
    ...(summary === undefined ? {} : { summary }),
  };
}

/** What is in the context, each with the last thing that was done to it, and what is out of it; in order. */
function cumulative(
  after: readonly Entry<unknown>[],
  met: readonly LedgerRow[],
  gone: readonly LedgerRow[],
): readonly LedgerRow[] {
  const now = new Map(met.map((row) => [row.index, row]));
  const visible = after.flatMap((entry) => {
    const row = now.get(entry.ordinal);
    if (entry.ordinal === undefined || row === undefined || !isVisible(row.fate)) return [];
    return entry.past ?? row;
  });
  return [...visible, ...gone].toSorted(
    (left, right) => (left.index ?? Infinity) - (right.index ?? Infinity),
  );
}
