import { GenAi, type LedgerRow, type SummaryRecord } from '@clew/semconv';
import { buildRunRecord } from './run-record.ts';
import { endRun, type RunInProgress } from './run-in-progress.ts';
import { applyPlan, keepFromFor, remaining } from './simulated-cut.ts';
import type { SimulatedItem } from './simulated-item.ts';
import { cutMeasures } from './simulated-measures.ts';
import { pass, sumTokens, type Simulation } from './simulation.ts';
import { summaryText } from './summary-text.ts';

const ladder = ['clear_tool_results', 'trim_tool_results', 'summarize'] as const;

/** Records a compaction and applies it; returns the run's span id. With `isEnding` false its `compact.run` never arrives. */
export function cut(simulation: Simulation, run: RunInProgress, isEnding: boolean): string {
  const { script, window, context } = simulation;
  simulation.sequence += 1;
  const { sequence } = simulation;
  const isFallback = sequence === script.fallbackAt;
  const archiveRef = archive(simulation, run);
  if (isFallback) failToSummarize(simulation, run);

  const keepFrom = keepFromFor(context, window.target - 12_000);
  const rows = applyPlan(context, { keepFrom, sequence, isSummarized: !isFallback, archiveRef });
  const covered = rows.filter((row) => row.fate === 'summarized');
  const made = isFallback ? undefined : summarize(simulation, run, covered);
  const isSummaryGone = rows.some((row) => row.category === 'summary' && row.fate === 'dropped');
  simulation.summary = made ?? (isSummaryGone ? undefined : simulation.summary);
  recordPruning(simulation, run, rows);

  const facts = run.facts(isFallback ? 'fallback' : 'compacted');
  const record = buildRunRecord({
    ...facts,
    rows,
    withLedger: true,
    measures: cutMeasures(simulation, rows, made !== undefined),
    isSummaryNew: made !== undefined,
    steps: isFallback ? [...ladder, 'window'] : ladder,
    attempts: isFallback ? 2 : 1,
    ...(isFallback && {
      advice: 'The summariser failed, so the oldest items were dropped. They are in the archive.',
    }),
  });
  if (isEnding) endRun(simulation, run, record);
  simulation.gone = { summarized: record.coverage.summarized, dropped: record.coverage.dropped };
  simulation.context = [...(made === undefined ? [] : [summaryItem(made)]), ...remaining(rows)];
  return run.spanId;
}

function archive(simulation: Simulation, run: RunInProgress): string {
  const file = `transcript-pre-compact-${String(simulation.sequence).padStart(3, '0')}.jsonl`;
  const location = `.compact/archive/${simulation.script.sessionId}/${file}`;
  simulation.recorder.compact(
    'compact.archival',
    { ...run.base, step: 'transcript', storage_adapter: 'fs', location },
    { parentId: run.spanId, ...pass(simulation, 12) },
  );
  return location;
}

function failToSummarize(simulation: Simulation, run: RunInProgress): void {
  simulation.recorder.compact(
    'compact.error',
    {
      ...run.base,
      error_type: 'provider_error',
      message: '503 from the summariser: overloaded, try again later.',
      fallback: 'pruning-only',
      attempt: 1,
    },
    { parentId: run.spanId, ...pass(simulation, 4_100) },
  );
}

function summarize(simulation: Simulation, run: RunInProgress, covered: readonly LedgerRow[]): SummaryRecord {
  const { random, recorder, sequence, summary, script } = simulation;
  const inputTokens = sumTokens(covered);
  const made: SummaryRecord = {
    id: `sum-${script.sessionId}-${sequence}`,
    version: (summary?.version ?? 0) + 1,
    tokens: random.between(620, 1_280),
    digest: random.hex(12),
    state: 'inline',
    text: summaryText((summary?.version ?? 0) + 1),
    verification: {
      sections: { present: ['Goal', 'Constraints', 'Decisions', 'Open', 'Files'], missing: [] },
      checks: ['not_empty', 'not_an_error'],
      fact_score: 0.93,
    },
    ...(summary && { parent_id: summary.id }),
  };
  const spanId = recorder.newId();
  const time = pass(simulation, random.between(2_800, 9_400));
  recorder.other(
    'chat gpt-5.2-mini',
    {
      [GenAi.operationName]: 'chat',
      [GenAi.requestModel]: 'gpt-5.2-mini',
      [GenAi.usageInputTokens]: inputTokens,
      [GenAi.usageOutputTokens]: made.tokens,
    },
    { parentId: spanId, ...time },
  );
  recorder.compact(
    'compact.summary_created',
    {
      ...run.base,
      strategy: 'task_state',
      method: 'model',
      input_messages: covered.length,
      input_tokens: inputTokens,
      summary_tokens: made.tokens,
      compression_ratio: inputTokens === 0 ? 0 : made.tokens / inputTokens,
      attempt: 1,
      model: 'gpt-5.2-mini',
      summary: made,
    },
    { id: spanId, parentId: run.spanId, ...time },
  );
  return made;
}

function recordPruning(simulation: Simulation, run: RunInProgress, rows: readonly LedgerRow[]): void {
  const left = rows.filter((row) => row.fate === 'dropped' || row.fate === 'summarized');
  simulation.recorder.compact(
    'compact.pruned_messages',
    {
      ...run.base,
      pruned_count: left.length,
      pruned_tokens: sumTokens(left),
      kept: { pinned: 1, recent_turns: 2, tool_pairs: 4 },
      ids: left.map((row) => row.id),
      breakdown: {
        system: 0,
        developer: 0,
        tools_schema: 0,
        memory: 0,
        messages: sumTokens(left),
        user_input: 0,
      },
    },
    { parentId: run.spanId, ...pass(simulation, 2) },
  );
}

function summaryItem(made: SummaryRecord): SimulatedItem {
  const preview = `<COMPACT-SUMMARY v${made.version}>`;
  return {
    id: made.id,
    role: 'assistant',
    kind: 'message',
    category: 'summary',
    tokens: made.tokens,
    preview,
  };
}
