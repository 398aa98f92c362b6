import { context } from '@opentelemetry/api';
import type { SpanOptions, Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan, Sampler } from '@opentelemetry/sdk-trace-node';

export type SpanRecorder = {
  readonly tracer: Tracer;
  /** The spans that have ended, in the order of their ends. */
  readonly ended: () => readonly ReadableSpan[];
  readonly named: (name: string) => ReadableSpan;
};

/** The real SDK, with the spans kept in memory. The context manager is the process's own: one a test file. */
export function recordSpans(sampler?: Sampler): SpanRecorder {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    ...(sampler === undefined ? {} : { sampler }),
  });
  const ended = () => exporter.getFinishedSpans();
  return {
    tracer: provider.getTracer('test'),
    ended,
    named: (name) => {
      const span = ended().find((each) => each.name === name);
      if (span === undefined)
        throw new Error(`No span ${name} has ended; these have: ${names(ended()).join(', ')}`);
      return span;
    },
  };
}

/** A tracer that is broken: it throws as soon as it is used. */
export const brokenTracer: Tracer = {
  startSpan: (name: string, _options?: SpanOptions) => {
    throw new Error(`The tracer cannot start ${name}.`);
  },
  startActiveSpan: () => {
    throw new Error('The tracer cannot start anything.');
  },
};

export function names(spans: readonly ReadableSpan[]): readonly string[] {
  return spans.map(({ name }) => name);
}
