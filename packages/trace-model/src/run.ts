import type {
  ArchivalRecord,
  ErrorRecord,
  PrunedMessagesRecord,
  RunRecord,
  SummaryCreatedRecord,
  TokenEstimateRecord,
  TriggerDecisionRecord,
} from '@clew/semconv';
import type { CompactSpan } from './compact-span.ts';
import { known } from './known.ts';

/**
 * `running`: its steps are known, its end is not. `interrupted`: so too, but a later run has ended, so that
 * this one never will. `unreadable`: it ended, and its record could not be read.
 */
export type RunState = 'ended' | 'running' | 'interrupted' | 'unreadable';

/** One `compact.run` with its steps, put together from whichever spans have arrived. */
export type Run = {
  readonly id: string;
  readonly sessionId: string;
  readonly callIndex: number;
  readonly traceId: string;
  /** The run's own span, and the agent's span that it happened in; absent until the run has ended. */
  readonly spanId?: string;
  readonly parentId?: string;
  readonly state: RunState;
  /** Epoch milliseconds; of its first step while the run's own span is not known. */
  readonly start?: number;
  readonly end?: number;
  readonly record?: RunRecord;
  readonly estimate?: TokenEstimateRecord;
  readonly decision?: TriggerDecisionRecord;
  readonly summaries: readonly SummaryCreatedRecord[];
  readonly pruned: readonly PrunedMessagesRecord[];
  readonly archivals: readonly ArchivalRecord[];
  readonly errors: readonly ErrorRecord[];
  /** What could not be read of it, in words. */
  readonly issues: readonly string[];
};

/** A `compact.*` span of a run whose record could not be read. */
export type UnreadableStep = {
  readonly runId: string;
  readonly isRun: boolean;
  readonly ended: boolean;
  readonly issues: readonly string[];
};

/** Puts one run together from its steps, in time order. At least one step is needed. */
export function assembleRun(
  steps: readonly [CompactSpan, ...CompactSpan[]],
  unreadable: readonly UnreadableStep[],
): Run {
  const own = pick(steps, 'compact.run').at(-1);
  const first = own ?? steps[0];
  return {
    id: first.record.id,
    sessionId: first.record.session_id,
    callIndex: first.record.call_index,
    traceId: first.span.traceId,
    state: stateOf(own !== undefined, unreadable),
    ...known({
      spanId: own?.span.id,
      parentId: own?.span.parentId,
      start: own?.span.start ?? steps.find((step) => step.span.start !== undefined)?.span.start,
      end: own?.span.end,
      record: own?.record,
      estimate: pick(steps, 'compact.token_estimate').at(-1)?.record,
      decision: pick(steps, 'compact.trigger_decision').at(-1)?.record,
    }),
    summaries: distinct(pick(steps, 'compact.summary_created')),
    pruned: distinct(pick(steps, 'compact.pruned_messages')),
    archivals: distinct(pick(steps, 'compact.archival')),
    errors: distinct(pick(steps, 'compact.error')),
    issues: [
      ...steps.flatMap((step) => step.issues.map((issue) => `${step.name}: ${issue}`)),
      ...unreadable.filter((step) => step.ended).flatMap((step) => step.issues),
    ],
  };
}

function stateOf(hasRecord: boolean, unreadable: readonly UnreadableStep[]): RunState {
  if (hasRecord) return 'ended';
  return unreadable.some((step) => step.isRun && step.ended) ? 'unreadable' : 'running';
}

function pick<TName extends CompactSpan['name']>(
  steps: readonly CompactSpan[],
  name: TName,
): readonly Extract<CompactSpan, { name: TName }>[] {
  return steps.filter((step): step is Extract<CompactSpan, { name: TName }> => step.name === name);
}

/** Two pipelines may deliver the same step under two span ids; what says the same is one step. */
function distinct<TRecord>(steps: readonly { readonly record: TRecord }[]): readonly TRecord[] {
  const byText = new Map(steps.map(({ record }) => [JSON.stringify(record), record]));
  return [...byText.values()];
}
