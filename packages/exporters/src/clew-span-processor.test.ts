import { createRedactor } from '@clew/redaction';
import { context, diag, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { afterEach, describe, expect, test } from 'vitest';
import { ClewSpanProcessor } from './clew-span-processor.ts';
import { ExporterError } from './exporter-error.ts';
import type { SpanSink } from './span-sink.ts';
import { startTracing } from './start-tracing.ts';

/** Keeps what it is given. */
class KeepingSink implements SpanSink {
  readonly name = 'keeping';
  readonly started: ReadableSpan[] = [];
  readonly ended: ReadableSpan[] = [];
  signals: AbortSignal[] = [];

  onStart(span: ReadableSpan): void {
    this.started.push(span);
  }

  onEnd(span: ReadableSpan): void {
    this.ended.push(span);
  }

  async flush(signal: AbortSignal): Promise<void> {
    this.signals.push(signal);
  }

  async shutdown(signal: AbortSignal): Promise<void> {
    this.signals.push(signal);
  }

  stats() {
    return {
      name: this.name,
      emitted: this.ended.length,
      delivered: this.ended.length,
      dropped: {},
      pending: 0,
      pendingBytes: 0,
      spooled: 0,
    };
  }
}

const fail = (): never => {
  throw new Error('no');
};

const brokenSink: SpanSink = {
  name: 'broken',
  onStart: fail,
  onEnd: fail,
  flush: fail,
  shutdown: fail,
  stats: fail,
};

afterEach(() => {
  diag.disable();
  trace.disable();
  context.disable();
});

const secret = ['ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');

describe('the processor', () => {
  test('hands each span to each sink when it starts and when it ends', () => {
    const sinks = [new KeepingSink(), new KeepingSink()];
    const { tracer, processor } = startTracing({ serviceName: 'shop', sinks });
    const span = tracer('t').startSpan('work');
    expect(sinks.map(({ started, ended }) => [started.length, ended.length])).toEqual([
      [1, 0],
      [1, 0],
    ]);
    span.end();
    expect(sinks.map(({ ended }) => ended[0]?.name)).toEqual(['work', 'work']);
    expect(processor.stats()).toMatchObject([{ emitted: 1 }, { emitted: 1 }]);
  });

  test('a sink that fails takes nothing from the others, throws nothing, and is told of once', async () => {
    const lines: string[] = [];
    const write = (line: string): void => {
      lines.push(line);
    };
    diag.setLogger(
      { error: write, warn: write, info: write, debug: write, verbose: write },
      { suppressOverrideMessage: true },
    );
    const sink = new KeepingSink();
    const { tracer, flush, shutdown } = startTracing({ serviceName: 'shop', sinks: [brokenSink, sink] });
    for (let number = 0; number < 100; number += 1) tracer('t').startSpan('work').end();
    await flush();
    await shutdown();
    expect(sink.ended).toHaveLength(100);
    expect(lines).toEqual(['[Clew] broken failed inside; further failures of it are not told.']);
  });

  test('leaves out what was not sampled', () => {
    const sink = new KeepingSink();
    const processor = new ClewSpanProcessor({ sinks: [sink] });
    const provider = new NodeTracerProvider({ sampler: new AlwaysOffSampler(), spanProcessors: [processor] });
    provider.getTracer('t').startSpan('work').end();
    const recorded = startTracing({ serviceName: 's', sinks: [] }).tracer('t').startSpan('work');
    const unsampled = { spanContext: () => ({ ...recorded.spanContext(), traceFlags: 0 }) };
    processor.onEnd(Object.assign(Object.create(recorded), unsampled));
    expect(sink.ended).toEqual([]);
  });

  test('takes secrets out of everything that a span says, before any sink sees it', () => {
    const sink = new KeepingSink();
    const { tracer } = startTracing({ serviceName: 'shop', sinks: [sink] });
    const parent = tracer('t').startSpan('parent');
    const span = tracer('t').startSpan(
      `use ${secret}`,
      {
        attributes: { 'app.password': 'hunter2', list: [secret, 'x'], plain: 'y' },
        links: [{ context: parent.spanContext() }],
      },
      trace.setSpan(ROOT_CONTEXT, parent),
    );
    span.addEvent('tried', { header: `Bearer ${secret}` });
    span.setStatus({ code: SpanStatusCode.ERROR, message: `bad key ${secret}` });
    span.end();
    const [redacted] = sink.ended;
    expect(redacted).toMatchObject({
      name: 'use <REDACTED>',
      attributes: { 'app.password': '<REDACTED>', list: ['<REDACTED>', 'x'], plain: 'y' },
      events: [{ attributes: { header: 'Bearer <REDACTED>' } }],
      status: { message: 'bad key <REDACTED>' },
      parentSpanContext: parent.spanContext(),
      links: [{ context: parent.spanContext() }],
      ended: true,
    });
    expect(redacted?.spanContext()).toEqual(span.spanContext());
    expect(redacted?.duration).toHaveLength(2);
  });

  test('lets secrets through where redaction was turned off', () => {
    const sink = new KeepingSink();
    const { tracer } = startTracing({
      serviceName: 'shop',
      sinks: [sink],
      redactor: createRedactor({ enabled: false }),
    });
    tracer('t').startSpan(secret).end();
    expect(sink.ended[0]?.name).toBe(secret);
  });

  test('flush and shutdown end at the deadline', async () => {
    const sink = new KeepingSink();
    const slow: SpanSink = {
      ...brokenSink,
      flush: (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve());
        }),
    };
    const { flush, processor } = startTracing({
      serviceName: 'shop',
      sinks: [slow, sink],
      deadlineMillis: 30,
    });
    await flush();
    expect(sink.signals[0]?.aborted).toBe(true);
    await processor.shutdown();
    expect(sink.signals).toHaveLength(2);
  });
});

describe('startTracing', () => {
  test('touches nothing global unless it is asked to', () => {
    const sink = new KeepingSink();
    startTracing({ serviceName: 'shop', sinks: [sink] });
    trace.getTracer('t').startSpan('elsewhere').end();
    expect(sink.ended).toEqual([]);
    startTracing({ serviceName: 'shop', sinks: [sink], global: true });
    trace.getTracer('t').startSpan('everywhere').end();
    expect(sink.ended.map(({ name }) => name)).toEqual(['everywhere']);
    expect(sink.ended[0]?.resource.attributes).toMatchObject({
      'service.name': 'shop',
      'telemetry.sdk.name': 'opentelemetry',
    });
  });

  test.each([true, new AsyncLocalStorageContextManager()])(
    'nests spans across awaits with a context manager',
    async (contextManager) => {
      const sink = new KeepingSink();
      const { tracer } = startTracing({ serviceName: 'shop', sinks: [sink], contextManager });
      await tracer('t').startActiveSpan('outer', async (outer) => {
        await Promise.resolve();
        tracer('t', '1.0.0').startSpan('inner').end();
        outer.end();
      });
      const [inner, outer] = sink.ended;
      expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    },
  );

  test('takes an id generator', () => {
    const sink = new KeepingSink();
    const idGenerator = { generateTraceId: () => 'a'.repeat(32), generateSpanId: () => 'b'.repeat(16) };
    startTracing({ serviceName: 'shop', sinks: [sink], idGenerator })
      .tracer('t')
      .startSpan('x')
      .end();
    expect(sink.ended[0]?.spanContext()).toMatchObject({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
  });
});

test('an error of another copy of the package is known by its brand', () => {
  expect(ExporterError.isInstance({ [Symbol.for('clew.ExporterError')]: true })).toBe(true);
  expect(ExporterError.isInstance(new Error('other'))).toBe(false);
});
