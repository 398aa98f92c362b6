import type { CompactResult, LedgerRow, Outcome, OverflowAttempt, RunStart, Thrashing } from '@clew/core';
import { SCHEMA_VERSION } from '@clew/semconv';
import type { LedgerRow as LedgerRecord, RunRecord } from '@clew/semconv';
import { cacheRecordOf, costRecordOf } from './cache-record-of.ts';
import type { ContentGate, Redacted } from './content-gate.ts';
import { fitLedger } from './fit-ledger.ts';
import { providerRecordOf } from './provider-record-of.ts';
import { evictedFactsOf, retentionRecordOf } from './retention-record-of.ts';
import { summaryRecordOf } from './summary-record-of.ts';
import { windowRecordOf } from './window-record-of.ts';

export type RunRecordOptions = {
  readonly gate: ContentGate;
  /** A ledger of more rows is left out. */
  readonly ledgerRows: number;
};

/**
 * The record of a run, with what `gate` lets through of its content. The ledger, and the text of the summary,
 * are on the run that changed something; a call that changed nothing names the summary and leaves the text out,
 * which would otherwise be sent again with each call.
 */
export function runRecordOf(
  run: RunStart,
  result: CompactResult<unknown>,
  { gate, ledgerRows }: RunRecordOptions,
): RunRecord {
  const isChanged = hasChanged(result);
  const rows = isChanged && result.met.length <= ledgerRows ? result.met : [];
  const previews = rows.map((row) => gate(row.preview));
  const text = isChanged && result.summary ? gate(result.summary.text) : undefined;
  const advice = adviceOf(result, gate);
  const evicted = evictedFactsOf(result, gate);
  const redactions = [...previews, text, advice, ...evicted.map((fact) => fact.payload)].reduce(
    (sum, part) => sum + (part?.count ?? 0),
    0,
  );
  const { tokens, count, coverage } = result;
  return {
    schema_version: SCHEMA_VERSION,
    id: result.id,
    session_id: result.sessionId,
    call_index: result.callIndex,
    sequence: result.sequence,
    dialect: run.dialect,
    model: run.model,
    agent: run.agent,
    trigger: result.trigger,
    ...(result.rule === undefined ? {} : { rule: result.rule }),
    phase: result.phase,
    outcome: result.outcome,
    advice: advice?.text,
    attempts: result.attempts,
    steps: [...result.steps],
    reapplied: result.reapplied,
    window: windowRecordOf(result.window),
    tokens: {
      ...tokens.byFate,
      basis: tokens.basis,
      before: tokens.before,
      after: tokens.after,
      fixed: tokens.fixed,
      stayed: tokens.stayed,
      inserted: tokens.inserted,
    },
    count: { ...count.byFate, before: count.before, after: count.after, inserted: count.inserted },
    before: tokens.categoriesBefore,
    after: tokens.categoriesAfter,
    splice: result.splice,
    prefix: result.prefixTokens === undefined ? undefined : { tokens_kept: result.prefixTokens },
    coverage: { ...coverage },
    thrash: result.thrash && thrashRecordOf(result.thrash),
    cache: cacheRecordOf(result.cache),
    cost: result.cost && costRecordOf(result.cost),
    overflow: result.overflow && overflowRecordOf(result.overflow),
    provider: result.provider && providerRecordOf(result.provider),
    calibration: result.calibration && { ...result.calibration },
    summary: result.summary && summaryRecordOf(result.summary, text),
    retention: result.retention && retentionRecordOf(result.retention, evicted),
    ledger:
      rows.length === 0
        ? undefined
        : fitLedger(rows.map((row, index) => ledgerRecordOf(row, previews[index]))),
    redaction: redactions === 0 ? undefined : { count: redactions },
  };
}

function thrashRecordOf({ retryAtCall, ...thrash }: Thrashing): RunRecord['thrash'] {
  return { ...thrash, signals: [...thrash.signals], retry_at_call: retryAtCall };
}

function overflowRecordOf({ attempt, step, overflow }: OverflowAttempt): RunRecord['overflow'] {
  return {
    attempt,
    step,
    pattern: overflow?.pattern,
    limit: overflow?.limitTokens,
    actual: overflow?.promptTokens,
    output: overflow?.outputTokens,
  };
}

function hasChanged({ outcome, met }: CompactResult<unknown>): boolean {
  if (outcome === 'noop_below' || outcome === 'noop_nothing') return false;
  return met.some(({ fate }) => fate !== 'kept' && fate !== 'protected');
}

/** Here the engine may quote an error that is not its own, so the advice is content. */
const quoting: ReadonlySet<Outcome> = new Set<Outcome>(['failed', 'fallback', 'timeout', 'aborted']);

function adviceOf({ advice, outcome }: CompactResult<unknown>, gate: ContentGate): Redacted | undefined {
  if (advice === undefined) return undefined;
  return quoting.has(outcome) ? gate(advice) : { text: advice, count: 0 };
}

function ledgerRecordOf(row: LedgerRow, preview: Redacted | undefined): LedgerRecord {
  return {
    index: row.index,
    id: row.id,
    role: row.role,
    kind: row.kind,
    category: row.category,
    fate: row.fate,
    tokens: row.tokens,
    tokens_after: row.tokensAfter,
    reason: row.reason,
    tool: row.tool,
    pair: row.pair,
    sequence: row.sequence,
    archive_ref: row.archiveRef,
    preview: preview?.text,
  };
}
