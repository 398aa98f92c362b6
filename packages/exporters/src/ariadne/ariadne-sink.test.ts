import { GenAi } from '@clew/semconv';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { droppedCount } from '../delivery/sink-stats.ts';
import { ExporterError } from '../exporter-error.ts';
import type { SpanSink } from '../span-sink.ts';
import { startTracing } from '../start-tracing.ts';
import { StrictAriadne } from '../testing/strict-ariadne.ts';
import type { StrictAriadneOptions } from '../testing/strict-ariadne.ts';
import { maxBodyBytes } from './ariadne-event.ts';
import { createAriadneSink } from './ariadne-sink.ts';
import type { AriadneSinkOptions } from './ariadne-sink.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function setUp(options: AriadneSinkOptions = {}, serverOptions: StrictAriadneOptions = {}) {
  const server = await new StrictAriadne(serverOptions).start();
  // Random numbers of 0 make every backoff as short as it may be.
  const sink = createAriadneSink({ url: server.url, random: () => 0, ...options });
  const tracing = startTracing({ serviceName: 'shop', sinks: [sink], deadlineMillis: 15_000 });
  closing.push(
    () => server.close(),
    () => sink.shutdown(AbortSignal.abort()),
  );
  const tracer = tracing.tracer('test');
  const root = tracer.startSpan('the root');
  const child = (name: string, attributes = {}): Span =>
    tracer.startSpan(name, { attributes }, trace.setSpan(ROOT_CONTEXT, root));
  const burst = (count: number, attributes = {}): void => {
    for (let number = 0; number < count; number += 1) child(`span ${number}`, attributes).end();
  };
  return { server, sink, tracing, tracer, root, child, burst };
}

function expectSum(sink: SpanSink) {
  const stats = sink.stats();
  expect(stats.emitted).toBe(stats.delivered + droppedCount(stats) + stats.pending);
  return stats;
}

const names = (server: StrictAriadne) => server.events.map(({ name }) => name ?? '');

describe('the Ariadne sink', () => {
  test('delivers a burst of 5,000 spans whole, each request within the limit and with its length', async () => {
    const { server, sink, tracing, burst } = await setUp();
    burst(5000, { text: 'x'.repeat(700) });
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({
      emitted: 5000,
      delivered: 5000,
      dropped: {},
      pending: 0,
      pendingBytes: 0,
    });
    expect(new Set(names(server)).size).toBe(5000);
    expect(server.posts.length).toBeGreaterThan(10);
    for (const post of server.posts) {
      expect(post.contentLength).toBe(post.bytes);
      expect(post.bytes).toBeLessThanOrEqual(maxBodyBytes);
      expect(post.headers).not.toHaveProperty('content-encoding');
      expect(post.headers).not.toHaveProperty('transfer-encoding');
    }
    const full = server.posts.slice(0, -1).filter(({ bytes }) => bytes > 0.98 * maxBodyBytes);
    expect(full).toHaveLength(server.posts.length - 1);
  });

  test('sends a span by itself soon after it ended', async () => {
    const { server, sink, child } = await setUp();
    const endedAt = Date.now();
    child('alone').end();
    expect(expectSum(sink).pending).toBe(1);
    await vi.waitFor(() => expect(names(server)).toEqual(['alone']), { interval: 5 });
    expect((server.posts[0]?.at ?? 0) - endedAt).toBeGreaterThanOrEqual(95);
  });

  test('sends the trace when its root ends: named, grouped, with both times and its first agent', async () => {
    const { server, tracing, tracer } = await setUp();
    const root = tracer.startSpan('invoke_workflow Support', {
      attributes: {
        'openai.agents.workflow_name': 'Support',
        'openai.agents.group_id': 'conversation 7',
        'openai.agents.metadata.tenant': 'acme',
        'openai.agents.metadata.retries': 3,
      },
    });
    const within = trace.setSpan(ROOT_CONTEXT, root);
    tracer.startSpan('invoke_agent Triage', { attributes: { [GenAi.agentName]: 'Triage' } }, within).end();
    tracer.startSpan('invoke_agent Refunds', { attributes: { [GenAi.agentName]: 'Refunds' } }, within).end();
    root.end();
    await tracing.flush();
    expect(server.events.filter(({ type }) => type === 'trace')).toEqual([
      {
        type: 'trace',
        trace_id: root.spanContext().traceId,
        name: 'Support',
        group_id: 'conversation 7',
        started_at: expect.stringMatching(/Z$/),
        ended_at: expect.stringMatching(/Z$/),
        metadata: {
          service_name: 'shop',
          agent_name: 'Triage',
          agent: 'Triage',
          tenant: 'acme',
          retries: '3',
        },
      },
    ]);
  });

  test('sends the trace at its start, or twice, where it is told to', async () => {
    for (const [traceEvents, ends] of [
      ['start', [false]],
      ['both', [false, true]],
    ] as const) {
      const { server, tracing, root } = await setUp({ traceEvents });
      root.end();
      await tracing.flush();
      const traces = server.events.filter(({ type }) => type === 'trace');
      expect(new Set(traces.map((event) => event.ended_at !== undefined))).toEqual(new Set(ends));
    }
  });

  test('treats a span whose parent is in another process as the root here', async () => {
    const { server, tracing, tracer } = await setUp();
    const remote = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };
    tracer.startSpan('POST /chat', {}, trace.setSpanContext(ROOT_CONTEXT, remote)).end();
    await tracing.flush();
    expect(server.events).toMatchObject([
      { type: 'trace', trace_id: remote.traceId, name: 'POST /chat' },
      { type: 'span', parent_id: remote.spanId },
    ]);
  });

  test('cuts an event that is too large by itself, and drops one that cannot be cut', async () => {
    const { server, sink, tracing, child } = await setUp();
    child('large', { text: 'x'.repeat(400_000) }).end();
    child('hopeless', { numbers: Array.from({ length: 150_000 }, () => 1) }).end();
    await tracing.flush();
    expect(server.events).toMatchObject([{ name: 'large', data: { 'compact.export.truncated': true } }]);
    expect(expectSum(sink)).toMatchObject({ delivered: 1, dropped: { oversize: 1 }, pending: 0 });
  });

  test('drops and counts what cannot be written down', async () => {
    const { sink, root } = await setUp();
    const impossible = {
      ...Object.create(root),
      ...root,
      attributes: { count: 1n },
      spanContext: () => root.spanContext(),
    };
    sink.onEnd(impossible);
    expect(expectSum(sink)).toMatchObject({ emitted: 2, dropped: { unencodable: 1 }, pending: 1 });
  });

  test('refuses options that cannot work', () => {
    expect(() => createAriadneSink({ url: 'ariadne' })).toThrow(ExporterError);
    expect(() => createAriadneSink({ url: 'ariadne' })).toThrow(/createAriadneSink[^]*url/);
    expect(() => createAriadneSink({ url: 'ftp://a/ingest' })).toThrow(/url/);
    expect(() => createAriadneSink({ maxBatchBytes: 300_000 })).toThrow(/maxBatchBytes/);
    expect(() => createAriadneSink({ headers: { 'x-key': 'a\nb' } })).toThrow(/headers/);
    // @ts-expect-error -- a name that no option has
    expect(() => createAriadneSink({ maxAge: 1 })).toThrow(/maxAge/);
  });
});

describe('when the receiver fails', () => {
  test('a smaller limit than announced is learned, and nothing is lost', async () => {
    const { server, sink, tracing, burst, child } = await setUp({}, { maxBodyBytes: 40_000 });
    burst(400, { text: 'x'.repeat(700) });
    child('large', { text: 'y'.repeat(100_000) }).end();
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({ emitted: 401, delivered: 401, dropped: {}, pending: 0 });
    expect(new Set(names(server)).size).toBe(401);
    expect(server.posts.filter(({ status }) => status === 413).length).toBeLessThan(server.posts.length / 2);
    expect(server.events.find(({ name }) => name === 'large')).toMatchObject({
      data: { 'compact.export.truncated': true },
    });
  });

  test('a limit that nothing can meet drops the events and counts them', async () => {
    const { sink, tracing, burst } = await setUp({}, { maxBodyBytes: 10 });
    burst(3);
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({ delivered: 0, dropped: { oversize: 3 }, pending: 0 });
  });

  test('one bad event is found and dropped, the others arrive', async () => {
    const { server, sink, tracing, tracer, burst } = await setUp();
    burst(40);
    // A year of five digits is no timestamp that Ariadne knows.
    tracer.startSpan('poison', { startTime: [253_402_300_800, 0] }).end([253_402_300_801, 0]);
    burst(59);
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({
      emitted: 101,
      delivered: 99,
      dropped: { rejected: 2 },
      pending: 0,
    });
    expect(server.events).toHaveLength(99);
    expect(names(server)).not.toContain('poison');
    expect(server.posts.length).toBeLessThan(25);
  });

  test('429 is obeyed: nothing is sent before the time that it names', async () => {
    const { server, sink, tracing, burst } = await setUp();
    server.failNext({ status: 429, headers: { 'retry-after': '1' } });
    burst(5);
    await tracing.flush();
    const [refused, accepted] = server.posts;
    expect((accepted?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(expectSum(sink)).toMatchObject({ delivered: 5, dropped: {}, pending: 0 });
  });

  test('500 is tried three times, then in halves: what caused it is found, the others arrive', async () => {
    const { server, sink, tracing, burst } = await setUp();
    server.failNext({ status: 500, times: 3 });
    burst(5);
    await tracing.flush();
    expect(server.posts.map(({ status }) => status)).toEqual([500, 500, 500, 200, 200]);
    expect(expectSum(sink)).toMatchObject({ delivered: 5, dropped: {}, pending: 0 });
    server.failNext({ status: 500, times: 3 });
    burst(1);
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({ delivered: 5, dropped: { server_error: 1 }, pending: 0 });
  });

  test.each([
    ['503 many times', { status: 503, times: 8 } as const],
    ['a cut connection', { reset: true, times: 3 } as const],
    ['no answer', { hang: true, times: 2 } as const],
  ])('%s loses nothing', async (_what, fault) => {
    const { server, sink, tracing, burst } = await setUp({ timeoutMillis: 100 });
    server.failNext(fault);
    burst(5);
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({ emitted: 5, delivered: 5, dropped: {}, pending: 0 });
    expect(server.posts).toHaveLength(fault.times + 1);
    expect(server.events).toHaveLength(5);
  });

  test('a server that is not there yet gets everything when it comes', async () => {
    const { server, sink, burst, tracing } = await setUp();
    const port = Number(new URL(server.url).port);
    await server.close();
    burst(50);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    expect(expectSum(sink)).toMatchObject({ delivered: 0, dropped: {}, pending: 50 });
    const later = await new StrictAriadne().start(port);
    closing.push(() => later.close());
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({ delivered: 50, pending: 0 });
    expect(later.events).toHaveLength(50);
  });

  test('memory stays bounded while the server is dead; the runs and the traces are kept', async () => {
    const { server, sink, child, burst } = await setUp({ maxQueueBytes: 100_000, random: () => 1 });
    await server.close();
    for (let number = 0; number < 20; number += 1) {
      child('compact.run').end();
      burst(50, { text: 'x'.repeat(2000) });
      expect(expectSum(sink).pendingBytes).toBeLessThanOrEqual(100_000);
    }
    const { emitted, delivered, dropped, pending } = expectSum(sink);
    expect([emitted, delivered, Object.keys(dropped)]).toEqual([1020, 0, ['queue_full']]);
    expect(pending).toBeGreaterThan(20);
    const port = Number(new URL(server.url).port);
    const later = await new StrictAriadne().start(port);
    closing.push(() => later.close());
    await sink.flush(AbortSignal.timeout(10_000));
    expect(later.events.filter(({ name }) => name === 'compact.run')).toHaveLength(20);
  });

  test('a shutdown with a full queue ends at its deadline, and counts what it left', async () => {
    const { server, sink, burst } = await setUp({ random: () => 1 });
    server.failNext({ hang: true, times: 1000 });
    burst(1000, { text: 'x'.repeat(2000) });
    const startedAt = performance.now();
    await sink.shutdown(AbortSignal.timeout(300));
    expect(performance.now() - startedAt).toBeLessThan(1500);
    burst(1);
    expect(expectSum(sink)).toMatchObject({
      emitted: 1001,
      dropped: { shutdown: 1001 },
      pending: 0,
      pendingBytes: 0,
    });
  });
});
