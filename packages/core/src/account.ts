import type { Basis } from './counter.ts';
import type { Entry } from './entry.ts';
import { fates, isVisible } from './ledger.ts';
import type { Fate, FateTotals, LedgerRow } from './ledger.ts';
import { categoriesOf, measure } from './measure.ts';
import type { Fixed, Measure } from './measure.ts';
import type { Coverage, ItemAccount, TokenAccount } from './result.ts';
import type { Tally } from './tally.ts';

export type AccountInput = {
  /** What the entries weighed before, all of them. */
  readonly before: Measure & { readonly count: number };
  readonly after: readonly Entry<unknown>[];
  readonly rows: readonly LedgerRow[];
  readonly inserted: readonly Entry<unknown>[];
  readonly fixed: Fixed;
  readonly basis: Basis;
};

/** Adds up one run. The two laws hold by what is summed: rows on one side, entries on the other. */
export function account(input: AccountInput): { tokens: TokenAccount; count: ItemAccount } {
  const { before, after, rows, inserted, fixed, basis } = input;
  const measuredAfter = measure(after, fixed);
  const sums = sumsOf(rows);
  const insertedTokens = inserted.reduce((sum, { tokens }) => sum + tokens, 0);
  return {
    tokens: {
      basis,
      before: before.total,
      after: measuredAfter.total,
      fixed: before.fixed,
      stayed: sums.stayed,
      inserted: insertedTokens,
      byFate: sums.tokens,
      // By what each was when it was decided: an application may have pinned some just before.
      categoriesBefore: categoriesOf(rows, fixed),
      categoriesAfter: measuredAfter.categories,
    },
    count: {
      before: before.count,
      after: after.length,
      inserted: inserted.length,
      byFate: sums.count,
    },
  };
}

/** The account of a run that changed nothing: every entry is kept, or protected. */
export function accountUnchanged(
  tally: Tally,
  measured: Measure,
  basis: Basis,
): { tokens: TokenAccount; count: ItemAccount } {
  const { count, tokens, protectedCount, protectedTokens } = tally;
  const left = { trimmed: 0, cleared: 0, summarized: 0, dropped: 0 };
  return {
    tokens: {
      basis,
      before: measured.total,
      after: measured.total,
      fixed: measured.fixed,
      stayed: tokens,
      inserted: 0,
      byFate: { kept: tokens - protectedTokens, protected: protectedTokens, ...left },
      categoriesBefore: measured.categories,
      categoriesAfter: measured.categories,
    },
    count: {
      before: count,
      after: count,
      inserted: 0,
      byFate: { kept: count - protectedCount, protected: protectedCount, ...left },
    },
  };
}

/** Every item that was ever seen is in the context, under a summary, or recorded as dropped. */
export function coverageOf(
  seen: number,
  entries: readonly Entry<unknown>[],
  gone: readonly LedgerRow[],
): Coverage {
  const own = gone.filter(({ index }) => index !== undefined);
  const summarized = own.filter(({ fate }) => fate === 'summarized').length;
  return {
    seen,
    visible: entries.filter(({ ordinal }) => ordinal !== undefined).length,
    summarized,
    dropped: own.length - summarized,
  };
}

/** The rows of what is out of the context, in the caller's order; replaced summaries come last. */
export function goneRows(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  return rows
    .filter(({ fate }) => !isVisible(fate))
    .toSorted((left, right) => (left.index ?? Infinity) - (right.index ?? Infinity));
}

/** The rows added up, by fate. */
function sumsOf(rows: readonly LedgerRow[]): { tokens: FateTotals; count: FateTotals; stayed: number } {
  const none = (): Record<Fate, number> => Object.assign({}, ...fates.map((fate) => ({ [fate]: 0 })));
  const [tokens, count] = [none(), none()];
  let stayed = 0;
  for (const row of rows) {
    tokens[row.fate] += row.tokens;
    count[row.fate] += 1;
    stayed += row.tokensAfter;
  }
  return { tokens, count, stayed };
}
