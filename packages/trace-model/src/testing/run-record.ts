import {
  fates,
  type Fate,
  RunRecord,
  SCHEMA_VERSION,
  type CategoryTokens,
  type LedgerRow,
  type Outcome,
  type SummaryRecord,
  type Trigger,
} from '@clew/semconv';

/** What a run met and did; every sum of its record follows from it. Tokens throughout. */
export type RunFacts = {
  readonly id: string;
  readonly sessionId: string;
  readonly callIndex: number;
  /** Compactions so far, this one included. */
  readonly sequence: number;
  readonly outcome: Outcome;
  readonly window: RunRecord['window'];
  /** Instructions, tool schemas and framing. */
  readonly fixed: CategoryTokens;
  readonly rows: readonly LedgerRow[];
  /** The summary in the context afterwards, and whether this run inserted it. */
  readonly summary?: SummaryRecord;
  readonly isSummaryNew?: boolean;
  /** Items that earlier runs took out. */
  readonly gone?: { readonly summarized: number; readonly dropped: number };
  readonly basis?: RunRecord['tokens']['basis'];
  readonly trigger?: Trigger;
  readonly phase?: string;
  readonly model?: string;
  readonly agent?: string;
  readonly advice?: string;
  readonly attempts?: number;
  readonly steps?: readonly string[];
  readonly withLedger?: boolean;
  /** What no sum follows from. */
  readonly measures?: Pick<RunRecord, 'retention' | 'cache' | 'cost' | 'thrash'>;
};

/** A record that obeys both laws. Throws where the facts do not make a valid record. */
export function buildRunRecord(facts: RunFacts): RunRecord {
  const { rows, fixed, gone = { summarized: 0, dropped: 0 } } = facts;
  const inserted = facts.isSummaryNew === true && facts.summary ? facts.summary.tokens : 0;
  const insertedCount = inserted > 0 ? 1 : 0;
  const fixedTokens = sum(Object.values(fixed));
  const stayed = sum(rows.map((row) => row.tokens_after));
  const leftCount = rows.filter((row) => row.fate === 'summarized' || row.fate === 'dropped').length;
  // Coverage counts what the caller gave; a summary is the engine's own.
  const own = rows.filter((row) => row.category !== 'summary');
  const seen = own.length + gone.summarized + gone.dropped;
  const summarized = countOf(own, 'summarized') + gone.summarized;
  const dropped = countOf(own, 'dropped') + gone.dropped;
  const after = addCategories(fixed, rows, (row) => row.tokens_after);
  if (inserted > 0) after.summary = (after.summary ?? 0) + inserted;

  return RunRecord.parse({
    schema_version: SCHEMA_VERSION,
    id: facts.id,
    session_id: facts.sessionId,
    call_index: facts.callIndex,
    sequence: facts.sequence,
    dialect: 'agents',
    model: facts.model ?? 'gpt-5.2',
    agent: facts.agent ?? 'coder',
    trigger: facts.trigger ?? 'threshold',
    phase: facts.phase ?? 'preflight',
    outcome: facts.outcome,
    advice: facts.advice,
    attempts: facts.attempts ?? 1,
    steps: facts.steps,
    reapplied: facts.sequence > 1 ? 'applied' : 'none',
    window: facts.window,
    tokens: {
      ...byFate((fate) => sum(rows.filter((row) => row.fate === fate).map((row) => row.tokens))),
      basis: facts.basis ?? 'tokenizer',
      before: fixedTokens + sum(rows.map((row) => row.tokens)),
      after: fixedTokens + stayed + inserted,
      fixed: fixedTokens,
      stayed,
      inserted,
    },
    count: {
      ...byFate((fate) => countOf(rows, fate)),
      before: rows.length,
      after: rows.length - leftCount + insertedCount,
      inserted: insertedCount,
    },
    before: addCategories(fixed, rows, (row) => row.tokens),
    after,
    coverage: { seen, visible: seen - summarized - dropped, summarized, dropped },
    summary: facts.summary,
    ledger: facts.withLedger === true ? rows : undefined,
    ...facts.measures,
  });
}

function addCategories(
  fixed: CategoryTokens,
  rows: readonly LedgerRow[],
  tokensOf: (row: LedgerRow) => number,
): CategoryTokens {
  const totals: CategoryTokens = { ...fixed };
  for (const row of rows) totals[row.category] = (totals[row.category] ?? 0) + tokensOf(row);
  return totals;
}

function byFate(value: (fate: Fate) => number): Record<string, number> {
  return Object.fromEntries(fates.map((fate) => [fate, value(fate)]));
}

function countOf(rows: readonly LedgerRow[], fate: Fate): number {
  return rows.filter((row) => row.fate === fate).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}
