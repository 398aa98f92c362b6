import { afterEach, describe, expect, test } from 'vitest';
import { droppedCount } from '../delivery/sink-stats.ts';
import { ExporterError } from '../exporter-error.ts';
import { startTracing } from '../start-tracing.ts';
import { StrictOtlp } from '../testing/strict-otlp.ts';
import type { StrictOtlpOptions } from '../testing/strict-otlp.ts';
import { otlpSink } from './otlp-sink.ts';
import type { OtlpSinkOptions } from './otlp-sink.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function setUp(options: OtlpSinkOptions = {}, serverOptions: StrictOtlpOptions = {}) {
  const server = await new StrictOtlp(serverOptions).start();
  const url = options.environment === undefined ? { url: server.url, environment: {} } : {};
  const sink = otlpSink({ random: () => 0, ...url, ...options });
  const tracing = startTracing({ serviceName: 'shop', sinks: [sink], deadlineMillis: 15_000 });
  closing.push(
    () => server.close(),
    () => sink.shutdown(AbortSignal.abort()),
  );
  const burst = (count: number, attributes = {}): void => {
    for (let number = 0; number < count; number += 1) {
      tracing
        .tracer(`scope ${number % 3}`)
        .startSpan(`span ${number}`, { attributes })
        .end();
    }
  };
  const expectSum = () => {
    const stats = sink.stats();
    expect(stats.emitted).toBe(stats.delivered + droppedCount(stats) + stats.pending);
    return stats;
  };
  return { server, sink, tracing, burst, expectSum };
}

describe.each(['http/json', 'http/protobuf'] as const)('the OTLP sink, %s', (protocol) => {
  test('delivers a burst of 5,000 spans of several scopes, each request within its bytes', async () => {
    const { server, tracing, burst, expectSum } = await setUp({
      protocol,
      maxBatchBytes: 200_000,
      headers: { 'x-key': 'k' },
    });
    burst(5000, { text: 'x'.repeat(300), list: ['a', 'b'], flag: true });
    await tracing.flush();
    expect(expectSum()).toMatchObject({ emitted: 5000, delivered: 5000, dropped: {}, pending: 0 });
    expect(server.names).toHaveLength(5000);
    expect(new Set(server.names).size).toBe(5000);
    expect(server.posts.length).toBeGreaterThan(5);
    expect(Math.max(...server.posts.map(({ bytes }) => bytes))).toBeLessThanOrEqual(200_000);
    expect(server.posts[0]).toMatchObject({ url: '/v1/traces', headers: { 'x-key': 'k' } });
  });

  test('compresses where it is told to', async () => {
    const { server, tracing, burst } = await setUp({ protocol, compression: 'gzip' });
    burst(100, { text: 'x'.repeat(1000) });
    await tracing.flush();
    expect(server.names).toHaveLength(100);
    expect(server.posts[0]?.headers['content-encoding']).toBe('gzip');
    expect(server.posts[0]?.bytes).toBeLessThan(20_000);
  });

  test('counts what a partial success rejects, and does not send it again', async () => {
    const { server, tracing, burst, expectSum } = await setUp({ protocol }, { rejectedSpans: 7 });
    burst(100);
    await tracing.flush();
    expect(server.posts).toHaveLength(1);
    expect(expectSum()).toMatchObject({ delivered: 93, dropped: { rejected: 7 }, pending: 0 });
  });

  test('finds the one span that a receiver refuses', async () => {
    const { server, tracing, burst, expectSum } = await setUp({ protocol }, { poison: 'span 31' });
    burst(100);
    await tracing.flush();
    expect(expectSum()).toMatchObject({ delivered: 99, dropped: { rejected: 1 }, pending: 0 });
    expect(server.names).toHaveLength(99);
  });

  test('learns the limit of a receiver that takes less', async () => {
    const { tracing, burst, expectSum } = await setUp({ protocol }, { maxBodyBytes: 30_000 });
    burst(300, { text: 'x'.repeat(1000) });
    await tracing.flush();
    expect(expectSum()).toMatchObject({ delivered: 300, dropped: {}, pending: 0 });
  });

  test('drops a span that no request can hold, and counts it', async () => {
    const { tracing, burst, expectSum } = await setUp({ protocol, maxBatchBytes: 10_000 });
    burst(1, { text: 'x'.repeat(20_000) });
    burst(1);
    await tracing.flush();
    expect(expectSum()).toMatchObject({ delivered: 1, dropped: { oversize: 1 } });
  });
});

describe('the standard variables', () => {
  test('say what the options do not: those of traces before those of all signals', async () => {
    const server = await new StrictOtlp().start();
    closing.push(() => server.close());
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${server.origin}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=from%20env,x-other=1',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-other=2',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_TIMEOUT: 'soon',
    };
    const { tracing, burst } = await setUp({ environment, headers: { 'x-mine': '3' } });
    burst(1);
    await tracing.flush();
    expect(server.posts).toMatchObject([
      {
        url: '/v1/traces',
        headers: {
          'x-key': 'from env',
          'x-other': '2',
          'x-mine': '3',
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
      },
    ]);
  });

  test('an endpoint of traces is taken as it is', async () => {
    const server = await new StrictOtlp().start();
    closing.push(() => server.close());
    const environment = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${server.origin}/custom` };
    const { tracing, burst } = await setUp({ environment });
    burst(1);
    await tracing.flush();
    expect(server.posts.map(({ url }) => url)).toEqual(['/custom']);
  });
});

test('options that cannot work are refused', () => {
  expect(() => otlpSink({ url: 'collector:4317' })).toThrow(ExporterError);
  // @ts-expect-error -- gRPC is another protocol
  expect(() => otlpSink({ protocol: 'grpc' })).toThrow(/otlpSink[^]*protocol/);
});
