import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { droppedCount } from '../delivery/sink-stats.ts';
import type { SinkStats } from '../delivery/sink-stats.ts';
import type { SpanSink } from '../span-sink.ts';

export type SinkUnderTest = {
  readonly sink: SpanSink;
  /** The names of the spans that have arrived where the sink sends them, each as often as it arrived. */
  readonly arrived: () => readonly string[] | Promise<readonly string[]>;
  /** From now on nothing arrives there. Returns what mends it. Absent where that cannot be brought about. */
  readonly breakFarEnd?: () => Promise<() => Promise<void>> | (() => Promise<void>);
  readonly close?: () => Promise<void>;
};

const patience = (): AbortSignal => AbortSignal.timeout(5000);

/**
 * What the processor relies on of a sink, in tests: each of ours passes the same, and so can yours.
 *
 * A sink takes spans without throwing and without making anybody wait, delivers each once, and accounts for each at every
 * moment: emitted = delivered + dropped + pending + spooled.
 */
export function describeSink(name: string, open: () => SinkUnderTest | Promise<SinkUnderTest>): void {
  describe(`${name}: the contract of a sink`, () => {
    let tested: SinkUnderTest;
    let sink: SpanSink;
    beforeEach(async () => {
      tested = await open();
      ({ sink } = tested);
    });
    afterEach(async () => {
      await sink.shutdown(AbortSignal.abort());
      await tested.close?.();
    });

    const give = (...spans: readonly ReadableSpan[]): void => {
      for (const span of spans) {
        if (sink.wantsStart?.(span) !== false) expect(sink.onStart?.(span)).toBeUndefined();
        expect(sink.onEnd(span)).toBeUndefined();
        expectSum(sink);
      }
    };

    test('delivers each span once, and counts it', async () => {
      const spans = endedSpans(100);
      give(...spans);
      expect(sink.stats()).toMatchObject({ name: sink.name, emitted: 100 });
      await sink.flush(patience());
      expect(expectSum(sink)).toMatchObject({ delivered: 100, dropped: {}, pending: 0, spooled: 0 });
      expect((await tested.arrived()).toSorted()).toEqual(spans.map((span) => span.name).toSorted());
    });

    test('has nothing left when a flush has resolved, of what came before it', async () => {
      const spans = endedSpans(30);
      for (let from = 0; from < spans.length; from += 10) {
        give(...spans.slice(from, from + 10));
        await Promise.all([sink.flush(patience()), sink.flush(patience())]);
        expect(expectSum(sink)).toMatchObject({ delivered: from + 10, pending: 0 });
      }
    });

    test('throws nothing, whatever it is given, and goes on', async () => {
      const [good, ...others] = endedSpans(hostile.length + 1);
      const spans = others.map((span, index) => Object.assign(Object.create(span), hostile[index]));
      give(...spans);
      await sink.flush(patience());
      give(...(good === undefined ? [] : [good]));
      await sink.flush(patience());
      expect(expectSum(sink)).toMatchObject({ emitted: hostile.length + 1, pending: 0 });
      expect(await tested.arrived()).toContain(good?.name);
    });

    test('ends a flush when its signal aborts, and one with nothing to do at once', async () => {
      await sink.flush(patience());
      give(...endedSpans(5));
      await sink.flush(AbortSignal.abort());
      expectSum(sink);
      await sink.flush(patience());
      expect(expectSum(sink)).toMatchObject({ delivered: 5 });
    });

    test('delivers what is left when it shuts down, and drops and counts what comes later', async () => {
      const spans = endedSpans(13);
      give(...spans.slice(0, 10));
      await sink.shutdown(patience());
      expect(expectSum(sink)).toMatchObject({ delivered: 10, pending: 0 });
      expect(await tested.arrived()).toHaveLength(10);
      give(...spans.slice(10));
      expect(expectSum(sink)).toMatchObject({ emitted: 13, delivered: 10, dropped: { shutdown: 3 } });
      await Promise.all([sink.shutdown(patience()), sink.flush(patience())]);
      expect(await tested.arrived()).toHaveLength(10);
    });

    test('accounts for what cannot be delivered, and holds nobody up', async (context) => {
      if (tested.breakFarEnd === undefined) {
        context.skip('nothing can go wrong where it sends them');
        return;
      }
      const mend = await tested.breakFarEnd();
      const spans = endedSpans(40);
      give(...spans.slice(0, 20));
      await sink.flush(AbortSignal.timeout(50));
      expectSum(sink);
      await mend();
      give(...spans.slice(20));
      await sink.flush(patience());
      const { delivered, pending, ...stats } = expectSum(sink);
      expect(pending).toBe(0);
      expect(delivered + droppedCount({ ...stats, delivered, pending })).toBe(40);
      // At least once: what was on its way when it broke may arrive twice.
      expect(new Set(await tested.arrived()).size).toBeGreaterThanOrEqual(delivered);
      expect(delivered).toBeGreaterThanOrEqual(20);
    });

    test('ends a shutdown when its signal aborts, and accounts for what it left', async (context) => {
      if (tested.breakFarEnd === undefined) {
        context.skip('nothing can go wrong where it sends them');
        return;
      }
      await tested.breakFarEnd();
      give(...endedSpans(20));
      await sink.shutdown(AbortSignal.timeout(50));
      expect(expectSum(sink)).toMatchObject({ emitted: 20, pending: 0 });
    });
  });
}

function expectSum(sink: SpanSink): SinkStats {
  const stats = sink.stats();
  expect(stats.delivered + droppedCount(stats) + stats.pending + stats.spooled).toBe(stats.emitted);
  return stats;
}

const never = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('nobody may look');
    },
  },
);
const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

/** What an SDK does not make, but other code hands over. */
const hostile: readonly Readonly<Record<string, unknown>>[] = [
  { name: '' },
  { name: '\uD800 "\\\n\u0000 線' },
  { attributes: { text: 'x'.repeat(3_000_000) } },
  { attributes: { [`key ${'k'.repeat(100_000)}`]: 1, '': '', __proto__: null } },
  { attributes: { a: Number.NaN, b: -Infinity, c: -0, d: 2 ** 70, e: 1n, f: undefined, g: null } },
  {
    attributes: { list: [1, 'a', null, undefined, [true]], bytes: new Uint8Array(3), deep: { a: { b: 1 } } },
  },
  { attributes: cycle },
  { attributes: never },
  { startTime: [Number.NaN, Number.NaN], endTime: [-1, -1] },
  { startTime: [1e15, 0], endTime: [0, 0] },
  { status: { code: SpanStatusCode.ERROR, message: '\uDFFF'.repeat(1000) } },
  { events: [{ name: 'e', time: [0, 0], attributes: never }] },
  { links: [{ context: { traceId: 'short', spanId: '', traceFlags: 1 } }] },
  {
    spanContext: () => {
      throw new Error('no context');
    },
  },
];

/** Spans as the SDK makes them, each with its own name, within one that stays open. */
function endedSpans(count: number): readonly ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const done = async (): Promise<void> => {};
  const collect = { onStart: () => {}, onEnd: (span: ReadableSpan) => void spans.push(span) };
  const provider = new NodeTracerProvider({
    spanProcessors: [{ ...collect, forceFlush: done, shutdown: done }],
  });
  const tracer = provider.getTracer('contract', '1.0.0');
  const within = trace.setSpan(ROOT_CONTEXT, tracer.startSpan('open'));
  for (let number = 0; number < count; number += 1) {
    tracer
      .startSpan(`span ${number}`, { attributes: { number, text: 'words ü', list: ['a', 'b'] } }, within)
      .addEvent('noted', { number })
      .end();
  }
  return spans;
}
