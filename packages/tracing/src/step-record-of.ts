import type { Breakdown, Kept, RunStart, Step, StepName } from '@clew/core';
import { SCHEMA_VERSION, SpanName } from '@clew/semconv';
import type { RecordOf } from '@clew/semconv';
import type { ContentGate } from './content-gate.ts';
import { policyRecordOf } from './policy-record-of.ts';
import { summaryRecordOf } from './summary-record-of.ts';
import { windowRecordOf } from './window-record-of.ts';

type StepSpanName = `compact.${StepName}`;

/** A step as its span tells it. */
export type StepRecord = {
  readonly [TName in StepSpanName]: { readonly name: TName; readonly record: RecordOf<TName> };
}[StepSpanName];

/** What stands where an error's message would, had it been captured. */
export const notCaptured = '(not captured)';

/**
 * The record of a step, with what `gate` lets through of its content. An error's message counts as content: it may
 * quote a provider, and a provider may quote the prompt.
 */
export function stepRecordOf(run: RunStart, step: Step, gate: ContentGate): StepRecord {
  const base = {
    schema_version: SCHEMA_VERSION,
    id: run.id,
    session_id: run.sessionId,
    call_index: run.callIndex,
  };
  switch (step.name) {
    case 'token_estimate':
      return {
        name: SpanName.tokenEstimate,
        record: {
          ...base,
          model: step.model,
          t_est: step.tokens,
          max_tokens: step.limitTokens,
          usage_pct: step.usageRatio,
          basis: step.basis,
          breakdown: breakdownOf(step.breakdown),
          categories: step.categories,
        },
      };
    case 'trigger_decision':
      return {
        name: SpanName.triggerDecision,
        record: {
          ...base,
          triggered: step.triggered,
          trigger: step.trigger,
          ...(step.rule === undefined ? {} : { rule: step.rule }),
          reason: step.reason,
          t_est: step.tokens,
          window: windowRecordOf(step.window),
          policy: policyRecordOf(step.policy),
          kept: step.kept && keptOf(step.kept),
          pruned_count: step.prunedCount,
        },
      };
    case 'archival':
      return {
        name: SpanName.archival,
        record: { ...base, step: step.step, storage_adapter: step.storageAdapter, location: step.location },
      };
    case 'summary_created':
      return {
        name: SpanName.summaryCreated,
        record: {
          ...base,
          strategy: step.strategy,
          method: step.method,
          input_messages: step.inputCount,
          input_tokens: step.inputTokens,
          shown_tokens: step.shownTokens,
          summary_tokens: step.summary.tokens,
          compression_ratio: step.inputTokens === 0 ? 0 : step.summary.tokens / step.inputTokens,
          attempt: step.attempt,
          model: step.model,
          part: step.part,
          summary: summaryRecordOf(step.summary, gate(step.summary.text)),
        },
      };
    case 'pruned_messages':
      return {
        name: SpanName.prunedMessages,
        record: {
          ...base,
          pruned_count: step.count,
          pruned_tokens: step.tokens,
          kept: keptOf(step.kept),
          ids: [...step.ids],
          breakdown: breakdownOf(step.breakdown),
        },
      };
    case 'error':
    default:
      return {
        name: SpanName.error,
        record: {
          ...base,
          error_type: step.errorType,
          message: gate(step.message)?.text ?? notCaptured,
          fallback: step.fallback,
          attempt: step.attempt,
          model: step.model,
          wait_millis: step.waitMillis,
          part: step.part,
        },
      };
  }
}

function breakdownOf({
  toolsSchema,
  userInput,
  ...same
}: Breakdown): RecordOf<'compact.pruned_messages'>['breakdown'] {
  return { ...same, tools_schema: toolsSchema, user_input: userInput };
}

function keptOf(kept: Kept): RecordOf<'compact.pruned_messages'>['kept'] {
  return { pinned: kept.pinned, recent_turns: kept.recentTurns, tool_pairs: kept.toolPairs };
}
