import type { CompactObserver, RunObserver } from '@clew/core';
import type { SpanContext, Tracer } from '@opentelemetry/api';
import { contentGate } from './content-gate.ts';
import type { ContentOptions } from './content-gate.ts';
import { quietly } from './quietly.ts';
import { followRun } from './follow-run.ts';

export type TracingObserverOptions = ContentOptions & {
  readonly tracer: Tracer;
  /** A ledger of more rows is left out of its span. Default 1000. */
  readonly ledgerRows?: number | undefined;
  /** The conversation that a session belongs to, where a real one exists: never an id made up for the trace. */
  readonly conversationId?: ((sessionId: string) => string | undefined) | undefined;
  /** Told of the span of each run as it starts, so that the model call which follows can link to it. */
  readonly onRunSpan?: ((runId: string, span: SpanContext) => void) | undefined;
  /** The clock of the engine, in epoch milliseconds. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
};

/**
 * Turns the engine's runs into `compact.*` spans. Each step is a span that ends when the step is told, so that a
 * reader sees the decision while a summary is still being written. The run's own span, their parent, comes last.
 */
export function createTracingObserver(options: TracingObserverOptions): CompactObserver {
  const { tracer, ledgerRows = 1000, conversationId, onRunSpan, now = Date.now } = options;
  const settings = { tracer, gate: contentGate(options), ledgerRows, conversationId, onRunSpan, now };
  return { start: (run) => quietly(() => followRun(run, settings)) ?? untraced };
}

const untraced: RunObserver = { tell: () => {}, within: async (work) => work(), end: () => {} };
