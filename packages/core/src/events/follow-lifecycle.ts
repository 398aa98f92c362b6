import { observe } from '../observe.ts';
import type { CompactObserver, OverflowSettled, RunObserver, RunStart } from '../observer.ts';
import type { Outcome } from '../outcome.ts';
import type { CompactPolicy } from '../policy.ts';
import type { CompactResult } from '../result.ts';
import type { Step, TriggerDecisionStep } from '../step.ts';
import { compactionPayloadOf } from './compaction-payload.ts';
import { LIFECYCLE_VERSION } from './lifecycle-event.ts';
import type { UnnumberedEvent } from './lifecycle-event.ts';
import type { EventHub } from './lifecycle-events.ts';

type Watched = {
  readonly hub: Pick<EventHub, 'emit'>;
  readonly policy: CompactPolicy;
};

/**
 * The same observer, and lifecycle events from what it is told: from the very steps that become spans. An event
 * comes behind the observer's own turn.
 */
export function followLifecycle(inner: CompactObserver | undefined, watched: Watched): CompactObserver {
  return {
    start: (run) => follow(run, observe(inner, run), watched),
    overflowSettled: (settled) => {
      try {
        inner?.overflowSettled?.(settled);
      } catch {
        // As everywhere: an observer cannot harm the call that it watches.
      }
      watched.hub.emit(() => settledEvent(settled));
    },
  };
}

function follow(run: RunStart, inner: RunObserver, { hub, policy }: Watched): RunObserver {
  const errors: { readonly type: string; readonly fallback: string }[] = [];
  let isStarted = false;
  const tell = (step: Step) => {
    if (step.name === 'error') errors.push({ type: step.errorType, fallback: step.fallback });
    if (step.name !== 'trigger_decision' || !isPlanned(step)) return;
    isStarted = true;
    hub.emit(() => startedEvent(run, step));
  };
  return {
    tell: (step) => {
      inner.tell(step);
      tell(step);
    },
    within: async (work) => {
      const settled = await inner.within(work);
      tell(settled.step);
      return settled;
    },
    end: (result, endedAt) => {
      inner.end(result, endedAt);
      const last = errors.at(-1)?.type;
      const fallbacks = errors.map(({ fallback }) => fallback);
      const type = typeOfEnd(result, isStarted);
      if (type !== undefined) {
        hub.emit(() => {
          const payload = compactionPayloadOf(result, policy, fallbacks);
          const duration_millis = Math.max(0, Math.round(endedAt - run.startedAt));
          const ended = { ...baseOf(run, type, endedAt), ...ruleOf(result), outcome: result.outcome };
          return type === 'context.compaction.completed'
            ? { ...ended, type, duration_millis, payload }
            : { ...ended, type, duration_millis, payload, error_type: last ?? result.outcome };
        });
      }
      if (result.trigger === 'overflow') hub.emit(() => attemptEvent(run, result, endedAt));
    },
  };
}

/** A decision with nothing to take away begins nothing; nor does one that puts items back. */
function isPlanned({ triggered, prunedCount = 0 }: TriggerDecisionStep): boolean {
  return triggered && prunedCount > 0;
}

/** Where something was due and could not be begun. */
const unbegun: ReadonlySet<Outcome> = new Set<Outcome>(['invalid', 'irreducible', 'timeout', 'failed']);

function typeOfEnd(
  { splice, outcome, phase }: CompactResult<unknown>,
  isStarted: boolean,
): 'context.compaction.completed' | 'context.compaction.failed' | undefined {
  if (phase === 'undo' || phase === 'reinflate') return undefined;
  if (!isStarted) return unbegun.has(outcome) ? 'context.compaction.failed' : undefined;
  // What was prepared and not used has a splice that nobody applied.
  const isChanged = splice !== undefined && outcome !== 'stale';
  return isChanged ? 'context.compaction.completed' : 'context.compaction.failed';
}

function baseOf(run: RunStart, type: UnnumberedEvent['type'], at: number) {
  const { id, sessionId, callIndex, trigger, phase, model, provider, agent } = run;
  return {
    schema_version: LIFECYCLE_VERSION,
    id: `${id}.${type.slice(type.lastIndexOf('.') + 1)}`,
    at: new Date(at).toISOString(),
    session_id: sessionId,
    run_id: id,
    call_index: callIndex,
    trigger,
    phase,
    model,
    ...(provider === undefined ? {} : { provider }),
    ...(agent === undefined ? {} : { agent }),
  };
}

function ruleOf({ rule }: { readonly rule?: string }): { readonly rule?: string } {
  return rule === undefined ? {} : { rule };
}

function startedEvent(run: RunStart, step: TriggerDecisionStep & Step): UnnumberedEvent {
  const type = 'context.compaction.started';
  const { window, policy, reason, tokens, prunedCount = 0 } = step;
  return {
    ...baseOf(run, type, step.endedAt),
    ...ruleOf(step),
    type,
    reason,
    strategy: policy.strategy,
    planned_count: prunedCount,
    tokens_before: tokens,
    tokens_limit: window.limitTokens,
    tokens_trigger: window.triggerTokens,
    tokens_target: window.targetTokens,
  };
}

function attemptEvent(run: RunStart, result: CompactResult<unknown>, at: number): UnnumberedEvent {
  const type = 'context.overflow.recovery';
  const { overflow, tokens, outcome } = result;
  const { schema_version, session_id, run_id } = baseOf(run, type, at);
  return {
    schema_version,
    id: `${run_id}.recovery`,
    at: new Date(at).toISOString(),
    session_id,
    type,
    status: 'attempted',
    attempt: overflow?.attempt ?? 1,
    ...(overflow === undefined ? {} : { step: overflow.step }),
    run_id,
    outcome,
    is_smaller: tokens.after < tokens.before,
    ...refusalOf(overflow?.overflow),
    ...deltaOf(tokens),
  };
}

function settledEvent(settled: OverflowSettled): UnnumberedEvent {
  const { id, at, sessionId, isRecovered, attempts, step, overflow, tokens } = settled;
  return {
    schema_version: LIFECYCLE_VERSION,
    id: `${id}.settled`,
    at: new Date(at).toISOString(),
    session_id: sessionId,
    type: 'context.overflow.recovery',
    status: isRecovered ? 'recovered' : 'unrecovered',
    attempt: attempts,
    ...(step === undefined ? {} : { step }),
    ...refusalOf(overflow),
    ...deltaOf(tokens),
  };
}

function refusalOf(overflow: OverflowSettled['overflow']) {
  if (overflow === undefined) return {};
  const { pattern, kind, limitTokens, promptTokens } = overflow;
  return {
    pattern,
    kind,
    ...(limitTokens === undefined ? {} : { tokens_limit: Math.round(limitTokens) }),
    ...(promptTokens === undefined ? {} : { tokens_refused: Math.round(promptTokens) }),
  };
}

function deltaOf({ before, after }: { readonly before: number; readonly after: number }) {
  return { tokens_before: before, tokens_after: after, token_delta: after - before };
}
