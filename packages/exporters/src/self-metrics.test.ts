import {
  InMemoryMetricExporter,
  AggregationTemporality,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, expect, test } from 'vitest';
import { createAriadneSink } from './ariadne/ariadne-sink.ts';
import { startTracing } from './start-tracing.ts';
import { StrictAriadne } from './testing/strict-ariadne.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

test('a sink measures itself by the published names', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1_000_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const server = await new StrictAriadne().start();
  closing.push(
    () => provider.shutdown(),
    () => server.close(),
  );
  const sink = createAriadneSink({ url: server.url, random: () => 0, meter: provider.getMeter('clew') });
  const { tracer, flush } = startTracing({ serviceName: 'shop', sinks: [sink] });
  server.failNext({ status: 503, times: 6 });
  tracer('t')
    .startSpan('huge', { attributes: { n: Array.from({ length: 150_000 }, () => 1) } })
    .end();
  tracer('t').startSpan('good').end();
  await flush();
  await reader.forceFlush();
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const points = (name: string) =>
    metrics
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) =>
        dataPoints.map(({ attributes, value }) => [attributes['error.type'], value]),
      );
  expect(points('otel.sdk.exporter.span.exported')).toEqual([
    [undefined, 3],
    ['oversize', 1],
  ]);
  expect(points('otel.sdk.processor.span.queue.size')).toEqual([[undefined, 0]]);
  expect(points('clew.exporter.breaker.state')).toEqual([[undefined, 0]]);
  expect(points('otel.sdk.exporter.operation.duration')).toMatchObject([
    ['again', { count: 6 }],
    [undefined, { count: 1 }],
  ]);
  const [first] = metrics;
  expect(first?.dataPoints[0]?.attributes).toMatchObject({
    'otel.component.type': 'ariadne_http_span_exporter',
    'otel.component.name': 'ariadne_http_span_exporter/ariadne',
  });
});
