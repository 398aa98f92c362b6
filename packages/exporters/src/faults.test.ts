import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAriadneSink } from './ariadne/ariadne-sink.ts';
import { systemClock } from './delivery/clock.ts';
import type { Clock } from './delivery/clock.ts';
import { droppedCount } from './delivery/sink-stats.ts';
import { otlpSink } from './otlp/otlp-sink.ts';
import { PromptCalls } from './prompt-calls.fixture.ts';
import type { SpanSink } from './span-sink.ts';
import { startTracing } from './start-tracing.ts';
import type { Fault } from './testing/scripted-faults.ts';
import { StrictAriadne } from './testing/strict-ariadne.ts';
import { StrictOtlp } from './testing/strict-otlp.ts';

// What becomes of every span, fault by fault, against a real server: delivered, in the spool, or counted. In every one
// nothing is thrown into the agent, and no call of its own holds it: see `PromptCalls` for what is asserted.

let path = '';
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-faults-'));
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await rm(path, { recursive: true, force: true });
});

type Receiver = {
  readonly url: string;
  readonly taken: () => readonly string[];
  readonly posts: readonly { readonly at: number }[];
  readonly failNext: (fault: Fault) => void;
  readonly heal: () => void;
  readonly close: () => Promise<void>;
};
type Common = {
  readonly url: string;
  readonly clock?: Clock;
  readonly log?: (level: string, text: string) => void;
  readonly maxQueueBytes?: number;
  readonly timeoutMillis?: number;
  readonly spool?: { readonly path: string; readonly maxBytes?: number };
};
type Kind = {
  readonly receive: (port?: number) => Promise<Receiver>;
  readonly sink: (options: Common) => SpanSink;
};

const ariadne: Kind = {
  receive: async (port) => {
    const server = await new StrictAriadne().start(port);
    return {
      url: server.url,
      taken: () => server.events.filter(({ type }) => type === 'span').map(({ name }) => name ?? ''),
      posts: server.posts,
      failNext: (fault) => server.failNext(fault),
      heal: () => server.heal(),
      close: () => server.close(),
    };
  },
  sink: (options) => createAriadneSink({ random: () => 0, ...options }),
};
const otlp = (protocol: 'http/json' | 'http/protobuf'): Kind => ({
  receive: async (port) => {
    const server = await new StrictOtlp().start(port);
    return {
      url: server.url,
      taken: () => server.names,
      posts: server.posts,
      failNext: (fault) => server.failNext(fault),
      heal: () => server.heal(),
      close: () => server.close(),
    };
  },
  sink: (options) => otlpSink({ random: () => 0, maxAgeMillis: 20, environment: {}, protocol, ...options }),
});

const kinds: readonly (readonly [string, Kind])[] = [
  ['Ariadne', ariadne],
  ['OTLP as JSON', otlp('http/json')],
  ['OTLP as Protocol Buffers', otlp('http/protobuf')],
];
const count = 60;

describe.each(kinds)('%s', (_kind, { receive, sink: create }) => {
  /** Spans with a parent in another process, so that there is one event for each. */
  async function setUp(options: Partial<Common> = {}) {
    const server = await receive();
    const sink = create({ url: server.url, timeoutMillis: 150, ...options });
    closing.push(
      () => server.close(),
      () => sink.shutdown(AbortSignal.abort()),
    );
    const { processor, tracer } = startTracing({
      serviceName: 'faults',
      sinks: [sink],
      deadlineMillis: 10_000,
    });
    const root = tracer('test').startSpan('root');
    const burst = (from = 0, text = ''): void => {
      const calls = new PromptCalls();
      for (let number = from; number < from + count; number += 1) {
        const links = [{ context: root.spanContext() }];
        const span = tracer('test').startSpan(`span ${number}`, { attributes: { text }, links });
        calls.call(() => expect(span.end()).toBeUndefined());
      }
      expect(calls.arePrompt).toBe(true);
    };
    /** The first spans meet the fault, and others come while it lasts. */
    const burstTwice = async (text = ''): Promise<void> => {
      burst(0, text);
      await expect.poll(() => server.posts.length, { interval: 5, timeout: 5000 }).toBeGreaterThan(0);
      burst(count, text);
    };
    const sum = () => {
      const stats = sink.stats();
      expect(stats.emitted).toBe(stats.delivered + droppedCount(stats) + stats.pending + stats.spooled);
      return stats;
    };
    return { server, sink, processor, burst, burstTwice, sum };
  }

  const passing: readonly (readonly [string, Fault])[] = [
    ['413 twice', { status: 413, times: 2 }],
    ['429 with seconds', { status: 429, headers: { 'retry-after': '1' } }],
    [
      '429 with a date',
      { status: 429, headers: { 'retry-after': new Date(Date.now() + 2000).toUTCString() } },
    ],
    ['500 three times', { status: 500, times: 3 }],
    ['503 eight times', { status: 503, times: 8 }],
    ['502 with a page', { status: 502, body: '<html>'.repeat(50_000) }],
    ['401 once', { status: 401 }],
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }],
    ['a reset when the request was read', { reset: true, times: 2 }],
    ['a reset in mid-body', { resetInBody: true, times: 2 }],
    ['no answer', { hang: true, times: 2 }],
  ];

  test.each(passing)('%s: every span arrives once', async (_what, fault) => {
    const { server, processor, burstTwice, sum } = await setUp();
    server.failNext(fault);
    await burstTwice('x'.repeat(500));
    await processor.forceFlush();
    const { delivered, emitted } = sum();
    expect(delivered).toBe(emitted);
    expect(sum()).toMatchObject({ dropped: {}, pending: 0 });
    expect(server.taken()).toHaveLength(2 * count);
    expect(new Set(server.taken()).size).toBe(2 * count);
  });

  test('an answer that drips for ever: the status has come, and what was sent is not sent again', async () => {
    const { server, processor, burst, sum } = await setUp();
    server.failNext({ dripMillis: 20 });
    burst();
    await processor.forceFlush();
    expect(sum()).toMatchObject({ dropped: {}, pending: 0 });
    expect(server.taken()).toHaveLength(count);
  });

  const lasting: readonly (readonly [string, Fault])[] = [
    ['503 for ever', { status: 503, times: Infinity }],
    ['404 for ever', { status: 404, times: Infinity }],
    ['a redirect for ever', { status: 302, headers: { location: '/elsewhere' }, times: Infinity }],
    ['a server that never answers', { hang: true, times: Infinity }],
    ['resets for ever', { reset: true, times: Infinity }],
  ];

  test.each(lasting)(
    '%s: with a spool the spans are on disk, and the next process sends them',
    async (_what, fault) => {
      const lines: string[] = [];
      const spool = { path };
      const { server, sink, burstTwice, sum } = await setUp({
        spool,
        log: (_level, text) => void lines.push(text),
      });
      server.failNext(fault);
      await burstTwice();
      await sink.shutdown(AbortSignal.timeout(400));
      const { emitted, spooled } = sum();
      expect(spooled).toBe(emitted);
      // One line says what is wrong, not one for each span or attempt.
      expect(lines).toHaveLength(1);

      server.heal();
      const next = create({ url: server.url, spool });
      closing.push(() => next.shutdown(AbortSignal.abort()));
      await next.flush(AbortSignal.timeout(5000));
      expect(next.stats()).toMatchObject({ emitted, delivered: emitted, dropped: {}, pending: 0 });
      expect(new Set(server.taken()).size).toBe(2 * count);
      await next.shutdown(AbortSignal.timeout(1000));
      expect(await readdir(path)).toEqual([]);
    },
  );

  test('503 for ever without a spool: what is left is counted at the shutdown', async () => {
    const { server, sink, burstTwice, sum } = await setUp();
    server.failNext({ status: 503, times: Infinity });
    await burstTwice();
    await sink.shutdown(AbortSignal.timeout(300));
    const { emitted, dropped } = sum();
    expect(dropped).toEqual({ shutdown: emitted });
  });

  test('refused from the beginning: a shutdown does not wait for its deadline', async () => {
    const { server, sink, burst, sum } = await setUp({ spool: { path } });
    await server.close();
    burst();
    const patience = new AbortController();
    await sink.shutdown(patience.signal);
    expect(sum()).toMatchObject({ delivered: 0, dropped: {}, pending: 0 });
    expect(sum().spooled).toBe(sum().emitted);
  });

  test('a receiver that dies and comes back gets what came meanwhile', async () => {
    const { server, sink, processor, burst, sum } = await setUp();
    burst();
    await processor.forceFlush();
    await server.close();
    burst(count);
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    expect(sum().pending).toBeGreaterThanOrEqual(count);
    const later = await receive(Number(new URL(server.url).port));
    closing.push(() => later.close());
    await sink.flush(AbortSignal.timeout(10_000));
    expect(sum()).toMatchObject({ dropped: {}, pending: 0 });
    expect(new Set([...server.taken(), ...later.taken()]).size).toBe(2 * count);
  });

  test('more than memory holds goes through the disk, and none is lost', async () => {
    const { server, sink, processor, burst, sum } = await setUp({ maxQueueBytes: 30_000, spool: { path } });
    server.failNext({ status: 503, times: 3 });
    for (let round = 0; round < 10; round += 1) burst(round * count, 'x'.repeat(800));
    expect(sum().pendingBytes).toBeLessThanOrEqual(30_000);
    await processor.forceFlush();
    expect(sum()).toMatchObject({ dropped: {}, pending: 0 });
    expect(new Set(server.taken()).size).toBe(10 * count);
    await sink.shutdown(AbortSignal.timeout(1000));
    expect(await readdir(path)).toEqual([]);
  });

  test('a spool that is full gives up the oldest, and counts them', async () => {
    const spool = { path, maxBytes: 65_536 };
    const { server, sink, burst, sum } = await setUp({ spool, maxQueueBytes: 20_000 });
    server.failNext({ status: 503, times: Infinity });
    for (let round = 0; round < 4; round += 1) burst(round * count, 'x'.repeat(1000));
    await sink.shutdown(AbortSignal.timeout(200));
    const { dropped, spooled } = sum();
    expect(Object.keys(dropped)).toEqual(['spool_full']);
    expect(spooled).toBeGreaterThan(20);
  });

  test('a clock that jumps, back and forth, holds nothing up', async () => {
    let offset = 0;
    const clock: Clock = { ...systemClock, now: () => systemClock.now() + offset };
    const { server, processor, burst, sum } = await setUp({ clock, spool: { path } });
    burst();
    offset = -3_600_000;
    server.failNext({ status: 503, times: 2 });
    burst(count);
    offset = 86_400_000;
    burst(2 * count);
    await processor.forceFlush();
    expect(sum()).toMatchObject({ dropped: {}, pending: 0 });
    expect(new Set(server.taken()).size).toBe(3 * count);
  });

  test('one span that the server fails on goes into quarantine, the others arrive', async () => {
    const { server, processor, burst, sum } = await setUp({ spool: { path } });
    burst();
    await processor.forceFlush();
    const before = sum().emitted;
    server.failNext({ status: 400, times: 100 });
    burst(count);
    await processor.forceFlush();
    server.heal();
    burst(2 * count);
    await processor.forceFlush();
    const { emitted, dropped, delivered } = sum();
    expect(dropped).toEqual({ rejected: emitted - delivered });
    expect(delivered).toBeGreaterThan(before);
    const [folder = ''] = await readdir(path);
    const file = await readFile(join(path, folder, 'quarantine.jsonl'), 'utf8');
    expect(file.trim().split('\n')).toHaveLength(emitted - delivered);
    expect(JSON.parse(file.split('\n')[0] ?? '')).toMatchObject({ reason: 'rejected', why: 'HTTP 400' });
  });
});
