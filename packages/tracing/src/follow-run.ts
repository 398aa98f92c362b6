import type { RunObserver, RunStart, Settled, Step } from '@clew/core';
import { GenAi, SpanName, toAttributes } from '@clew/semconv';
import { SpanKind, context, trace } from '@opentelemetry/api';
import type { Attributes, Span, SpanContext, Tracer } from '@opentelemetry/api';
import type { ContentGate } from './content-gate.ts';
import { endSpan } from './end-span.ts';
import { errorTypeOf, runErrorTypeOf } from './error-type-of.ts';
import { runInside } from './run-inside.ts';
import { quietly } from './quietly.ts';
import { runRecordOf } from './run-record-of.ts';
import { stepRecordOf } from './step-record-of.ts';

export type FollowSettings = {
  readonly tracer: Tracer;
  readonly gate: ContentGate;
  readonly ledgerRows: number;
  readonly conversationId: ((sessionId: string) => string | undefined) | undefined;
  readonly onRunSpan: ((runId: string, span: SpanContext) => void) | undefined;
  readonly now: () => number;
};

/** The name of a step's span while it is not known what the step becomes. */
const UNSETTLED = 'compact.step';

/** Starts the span of one run, and answers with what makes the rest of it. */
export function followRun(run: RunStart, settings: FollowSettings): RunObserver {
  const { tracer, gate, ledgerRows } = settings;
  const clock = () => quietly(settings.now) ?? Date.now();
  const shared = sharedAttributes(run, settings);
  const parent = context.active();
  const span = tracer.startSpan(
    SpanName.run,
    {
      kind: SpanKind.INTERNAL,
      startTime: new Date(run.startedAt),
      attributes: { ...shared, ...modelAttributes(run) },
    },
    parent,
  );
  const inside = trace.setSpan(parent, span);
  quietly(() => settings.onRunSpan?.(run.id, span.spanContext()));
  let isOver = false;

  const startStep = (name: string, startedAt: number, attributes?: Attributes): Span => {
    const startTime = new Date(startedAt);
    return tracer.startSpan(
      name,
      { kind: SpanKind.INTERNAL, startTime, attributes: { ...shared, ...attributes } },
      inside,
    );
  };

  return {
    tell: (step) => {
      quietly(() => {
        const child = startStep(`compact.${step.name}`, step.startedAt, stepAttributes(run, step, gate));
        endSpan(child, Math.max(step.endedAt, step.startedAt), stepErrorType(step));
      });
    },

    within: async <TValue>(work: () => Promise<Settled<TValue>>) => {
      const startedAt = clock();
      const child = quietly(() => startStep(UNSETTLED, startedAt));
      if (child === undefined) return work();
      const settle = (step: Step) => {
        child.updateName(`compact.${step.name}`);
        child.setAttributes(stepAttributes(run, step, gate) ?? {});
        endSpan(child, Math.max(step.endedAt, startedAt), stepErrorType(step));
      };
      try {
        const settled = await runInside(child, inside, work);
        quietly(() => settle(settled.step));
        return settled;
      } catch (error) {
        quietly(() => settle(unforeseen(error, startedAt, clock())));
        throw error;
      }
    },

    end: (result, endedAt) => {
      if (isOver) return;
      isOver = true;
      quietly(() => {
        if (span.isRecording()) {
          const record = quietly(() => runRecordOf(run, result, { gate, ledgerRows }));
          if (record !== undefined) span.setAttributes(toAttributes(SpanName.run, record));
        }
        const errorType = quietly(() => runErrorTypeOf(result));
        endSpan(span, Math.max(endedAt, run.startedAt), errorType);
      });
    },
  };
}

/** On every span of the run: some backends show only spans that carry a key of the GenAI conventions. */
function sharedAttributes({ agent, sessionId }: RunStart, { conversationId }: FollowSettings): Attributes {
  const conversation = quietly(() => conversationId?.(sessionId));
  return {
    [GenAi.operationName]: 'compact',
    ...(agent === undefined ? {} : { [GenAi.agentName]: agent }),
    ...(conversation === undefined ? {} : { [GenAi.conversationId]: conversation }),
  };
}

/** On the run only: a step with a model on it would be taken for a model call. */
function modelAttributes({ provider, model }: RunStart): Attributes {
  return {
    ...(provider === undefined ? {} : { [GenAi.providerName]: provider }),
    [GenAi.requestModel]: model,
  };
}

function stepAttributes(run: RunStart, step: Step, gate: ContentGate): Attributes | undefined {
  return quietly(() => {
    const { name, record } = stepRecordOf(run, step, gate);
    return toAttributes(name, record);
  });
}

function stepErrorType(step: Step): string | undefined {
  return step.name === 'error' ? step.errorType : undefined;
}

/** The engine turns failures into steps of its own; this is for what it did not foresee. */
function unforeseen(error: unknown, startedAt: number, endedAt: number): Step {
  const message = error instanceof Error ? error.message : String(error);
  return { name: 'error', errorType: errorTypeOf(error), message, fallback: 'none', startedAt, endedAt };
}
