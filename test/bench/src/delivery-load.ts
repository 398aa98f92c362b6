import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createAriadneSink, otlpSink, startTracing } from '@clew/exporters';
import type { SpanSink } from '@clew/exporters';
import { createRedactor } from '@clew/redaction';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';

// One load on one way of delivery, in a process of its own: `node delivery-load.js WAY LOAD URL`.

type Way = {
  readonly tracer: Tracer;
  readonly flush: () => Promise<void>;
  readonly shutdown: () => Promise<void>;
};

const [way = '', load = '', url = ''] = process.argv.slice(2);
const spoolPath = mkdtempSync(join(tmpdir(), 'clew-bench-'));

const ariadne = () => createAriadneSink({ url: `${url}/ingest`, spool: { path: spoolPath } });
const otlp = (protocol: 'http/json' | 'http/protobuf', isSpooled = true) =>
  otlpSink({
    url: `${url}/v1/traces`,
    protocol,
    ...(isSpooled && { spool: { path: spoolPath } }),
    environment: {},
  });

const ways: Readonly<Record<string, () => Way>> = {
  ariadne: () => ours(ariadne()),
  'ariadne, no redaction': () => ours(ariadne(), false),
  otlp: () => ours(otlp('http/json')),
  'otlp, no redaction': () => ours(otlp('http/json'), false),
  'otlp, no spool': () => ours(otlp('http/json', false)),
  'otlp, no spool, no redaction': () => ours(otlp('http/json', false), false),
  'otlp, protobuf': () => ours(otlp('http/protobuf')),
  peer: () => {
    const processor = new BatchSpanProcessor(new OTLPTraceExporter({ url: `${url}/v1/traces` }));
    const provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'bench' }),
      spanProcessors: [processor],
    });
    return {
      tracer: provider.getTracer('bench'),
      flush: () => provider.forceFlush().catch(() => {}),
      shutdown: () => provider.shutdown().catch(() => {}),
    };
  },
};

/** The peer redacts nothing, so ours is measured both ways. */
function ours(sink: SpanSink, isRedacted = true): Way {
  const { tracer, flush, shutdown } = startTracing({
    serviceName: 'bench',
    sinks: [sink],
    redactor: createRedactor({ enabled: isRedacted }),
    deadlineMillis: load === 'dead' ? 500 : 60_000,
  });
  return { tracer: tracer('bench'), flush, shutdown };
}

const attributes = Object.fromEntries([
  ...Array.from({ length: 8 }, (_, index) => [`compact.count.${index}`, index * 1000]),
  ...Array.from({ length: 7 }, (_, index) => [
    `compact.text.${index}`,
    `some words of a value, number ${index}`,
  ]),
]);
/** Steps of one trace whose root is open: a root would be an event more for Ariadne. */
const within = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: TraceFlags.SAMPLED,
});
const pause = (millis: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, millis);
  });

function spans(tracer: Tracer, count: number, text?: string): void {
  for (let index = 0; index < count; index += 1) {
    const own = text === undefined ? attributes : { ...attributes, text: `${index} ${text}` };
    tracer.startSpan(`step ${index % 50}`, { attributes: own }, within).end();
  }
}

const loads: Readonly<Record<string, (way: Way) => Promise<object>>> = {
  /** 50,000 spans in one turn of the loop. */
  burst: async ({ tracer, flush }) => {
    const startedAt = performance.now();
    spans(tracer, 50_000);
    const heldMillis = performance.now() - startedAt;
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await flush();
    return { heldMillis, ...delays(delay) };
  },
  /** The same number, 200 in each turn. */
  turns: async ({ tracer, flush }) => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    for (let turn = 0; turn < 250; turn += 1) {
      spans(tracer, 200);
      await new Promise(setImmediate);
    }
    await flush();
    return delays(delay);
  },
  /** 2,000 spans a second with 32 KB of content each, for five seconds. */
  heavy: async ({ tracer, flush }) => {
    const text = 'some words of a summary that nobody will read. '.repeat(700).slice(0, 32_768);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const before = process.cpuUsage();
    for (let tick = 0; tick < 500; tick += 1) {
      spans(tracer, 20, text);
      await pause(10);
    }
    const during = delays(delay);
    const { user, system } = process.cpuUsage(before);
    await flush();
    return { ...during, microsPerSpan: (user + system) / 10_000 };
  },
  /** At a pace at which everybody delivers everything: what a span costs, in all threads, encoding and sending included. */
  cost: async ({ tracer, flush }) => {
    spans(tracer, 4000);
    await flush();
    const before = process.cpuUsage();
    for (let round = 0; round < 40; round += 1) {
      spans(tracer, 500);
      await flush();
    }
    const { user, system } = process.cpuUsage(before);
    return { microsPerSpan: (user + system) / 20_000 };
  },
  /** Nobody listens; 5,000 spans of 64 KB. */
  dead: async ({ tracer, shutdown }) => {
    const text = 'x'.repeat(65_536);
    spans(tracer, 10, text);
    global.gc?.();
    const before = process.memoryUsage().rss;
    let most = 0;
    for (let round = 0; round < 250; round += 1) {
      spans(tracer, 20, text);
      await pause(2);
      most = Math.max(most, process.memoryUsage().rss);
    }
    const startedAt = performance.now();
    await shutdown();
    return { grownMegabytes: (most - before) / 1e6, shutdownMillis: performance.now() - startedAt };
  },
};

function delays(delay: ReturnType<typeof monitorEventLoopDelay>): object {
  delay.disable();
  return { p99Millis: delay.percentile(99) / 1e6, maxMillis: delay.max / 1e6 };
}

const create = ways[way];
const run = loads[load];
if (create === undefined || run === undefined) {
  throw new Error(`expected one of ${Object.keys(ways).join(', ')} and of ${Object.keys(loads).join(', ')}`);
}
const made = create();
const result = await run(made);
await made.shutdown();
rmSync(spoolPath, { recursive: true, force: true });
process.stdout.write(JSON.stringify(result));
process.exit(0);
