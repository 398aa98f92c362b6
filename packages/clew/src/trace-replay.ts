import type { CompactObserver, Usage } from '@clew/core';
import { createAriadneSink, droppedCount, otlpSink, startTracing } from '@clew/exporters';
import type { SinkLog } from '@clew/exporters';
import { createRedactor } from '@clew/redaction';
import { createTracingObserver, recordModelCall } from '@clew/tracing';
import { SpanKind, context, trace } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { ConfigFile } from './config.ts';

export type ReplayTraceOptions = {
  /** Where the spans go: an address that ends in `/ingest` is Ariadne's or the Clew host's, any other is OTLP/HTTP's. */
  readonly url: string;
  readonly config: ConfigFile;
  readonly log: SinkLog;
};

/** A call of the recording, with what the policy makes of its usage. */
export type ReplayedCall = {
  readonly model: string | undefined;
  readonly usage: Usage;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly isCompacted: boolean;
  readonly conversationId?: string | undefined;
};

export interface ReplayTrace {
  readonly observer: CompactObserver;
  /**
   * One trace for one session under one policy: what the observer is told inside belongs to it. It lasts from
   * `startedAt` (epoch milliseconds; now, without one) to the last call that is told.
   */
  session<TValue>(name: string, startedAt: number | undefined, work: () => Promise<TValue>): Promise<TValue>;
  /** The call that the last run prepared. */
  call(call: ReplayedCall): void;
  /** Sends what is left, and says what became of the spans. */
  close(): Promise<{ readonly emitted: number; readonly delivered: number; readonly dropped: number }>;
}

/** Sends the runs of recorded sessions to a viewer or a backend, redacted and captured as the configuration says. */
export function traceReplay({ url, config, log }: ReplayTraceOptions): ReplayTrace {
  const sink = new URL(url).pathname.endsWith('/ingest')
    ? createAriadneSink({ url, log })
    : otlpSink({ url: withTracesPath(url), log });
  const redactor = createRedactor(config.redaction);
  const tracing = startTracing({ serviceName: 'compactctl replay', sinks: [sink], redactor });
  const tracer = tracing.tracer('@clew/replay');
  const contexts = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(contexts);
  let lastRun: SpanContext | undefined;
  let lastEnd: number | undefined;
  return {
    observer: createTracingObserver({
      tracer,
      capture: config.telemetry.capture,
      redact: (text) => redactor.text(text),
      onRunSpan: (_, span) => {
        lastRun = span;
      },
    }),
    session: async (name, startedAt, work) => {
      lastEnd = undefined;
      const span = tracer.startSpan(`replay ${name}`, {
        kind: SpanKind.INTERNAL,
        root: true,
        ...(startedAt === undefined ? {} : { startTime: new Date(startedAt) }),
      });
      try {
        return await context.with(trace.setSpan(context.active(), span), work);
      } finally {
        span.end(startedAt === undefined || lastEnd === undefined ? undefined : new Date(lastEnd));
      }
    },
    call: (call) => {
      lastEnd = Math.max(lastEnd ?? call.endedAt, call.endedAt);
      recordModelCall(tracer, { ...call, run: lastRun });
    },
    close: async () => {
      await tracing.flush();
      await tracing.shutdown();
      contexts.disable();
      const stats = sink.stats();
      return { emitted: stats.emitted, delivered: stats.delivered, dropped: droppedCount(stats) };
    },
  };
}

/** OTLP/HTTP asks for the path of its signal: a bare origin is given it. */
function withTracesPath(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname === '/') parsed.pathname = '/v1/traces';
  return parsed.href;
}
