import { context, createContextKey, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { DeliveryLoop } from './delivery-loop.ts';
import type { DeliveryLoopOptions } from './delivery-loop.ts';
import { OutageLog } from './outage-log.ts';
import { droppedCount } from './sink-stats.ts';

const never = new AbortController().signal;

function loopWith(options: Partial<DeliveryLoopOptions<string>> = {}) {
  const clock = new ManualClock();
  const batches: string[][] = [];
  const loop = new DeliveryLoop<string>({
    name: 'test',
    clock,
    log: new OutageLog('[test]'),
    maxQueueBytes: 1000,
    maxAgeMillis: 100,
    batchLimit: () => ({ bytes: 10, entryBytes: 0, count: 100 }),
    deliver: async (batch, run) => {
      batches.push(batch.map(({ payload }) => payload));
      run.delivered(batch);
    },
    unreported: 'export_failed',
    ...options,
  });
  return { clock, batches, loop };
}

const nothing = (): void => {};

const fail = (): never => {
  throw new Error('no');
};

function expectSum(loop: DeliveryLoop<string>) {
  const stats = loop.stats();
  expect(stats.emitted).toBe(stats.delivered + droppedCount(stats) + stats.pending);
  return stats;
}

afterEach(() => {
  diag.disable();
  context.disable();
});

describe('a delivery loop', () => {
  test('seals a batch when it is full, or when its oldest entry is old', async () => {
    const { clock, batches, loop } = loopWith();
    loop.offer('a', 4, 0);
    await clock.advance(99);
    expect(batches).toEqual([]);
    loop.offer('b', 4, 0);
    await clock.advance(1);
    expect(batches).toEqual([['a', 'b']]);
    for (const name of ['c', 'd', 'e']) loop.offer(name, 4, 0);
    await clock.advance(0);
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    await clock.advance(100);
    expect(batches.at(-1)).toEqual(['e']);
    expect(expectSum(loop)).toMatchObject({ emitted: 5, delivered: 5, pending: 0, pendingBytes: 0 });
  });

  test('what is urgent takes what waits along, soon', async () => {
    const { clock, batches, loop } = loopWith({ urgentAgeMillis: 20 });
    loop.offer('a', 1, 0);
    await clock.advance(50);
    loop.offer('b', 1, 1);
    await clock.advance(0);
    await clock.advance(19);
    expect(batches).toEqual([]);
    await clock.advance(1);
    expect(batches).toEqual([['a', 'b']]);
    loop.offer('c', 1, 0);
    await clock.advance(99);
    expect(batches).toHaveLength(1);
    await clock.advance(1);
    expect(batches).toHaveLength(2);
    loop.offer('d', 1, 2);
    await clock.advance(0);
    await clock.advance(20);
    expect(batches).toHaveLength(3);
  });

  test('a flush waits for what came before it, not for what comes later', async () => {
    let release = nothing;
    const { loop } = loopWith({
      deliver: async (batch, run) => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        run.delivered(batch);
      },
    });
    loop.offer('a', 1, 0);
    const flushed = loop.flush(never);
    await new Promise(setImmediate);
    loop.offer('b', 1, 0);
    release();
    await flushed;
    expect(expectSum(loop)).toMatchObject({ delivered: 1, pending: 1 });
  });

  test('a flush gives up with its signal and loses nothing', async () => {
    const { loop } = loopWith({ deliver: () => new Promise(() => {}) });
    loop.offer('a', 1, 0);
    const patience = new AbortController();
    const flushed = loop.flush(patience.signal);
    patience.abort();
    await flushed;
    expect(expectSum(loop)).toMatchObject({ delivered: 0, dropped: {}, pending: 1 });
  });

  test('a shutdown drops what is left with its signal, and what comes later', async () => {
    let report: () => void = nothing;
    const { loop } = loopWith({
      deliver: async (batch, run) => {
        report = () => run.delivered(batch);
        await new Promise((resolve) => {
          run.pacer.signal.addEventListener('abort', resolve);
        });
      },
    });
    for (let number = 0; number < 30; number += 1) loop.offer(String(number), 1, 0);
    await new Promise(setImmediate);
    await loop.shutdown(AbortSignal.abort());
    loop.offer('late', 1, 0);
    loop.refuse('oversize');
    report();
    await new Promise(setImmediate);
    expect(expectSum(loop)).toMatchObject({
      emitted: 32,
      delivered: 0,
      dropped: { shutdown: 32 },
      pending: 0,
    });
    expect(loop.stats().pendingBytes).toBe(0);
  });

  test('delivers outside of the context in which an entry came, with tracing suppressed', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const key = createContextKey('request');
    const seen: unknown[] = [];
    const { loop } = loopWith({
      deliver: async (batch, run) => {
        seen.push(context.active().getValue(key), isTracingSuppressed(context.active()));
        run.delivered(batch);
      },
    });
    context.with(ROOT_CONTEXT.setValue(key, 'one request'), () => loop.offer('a', 1, 0));
    await loop.flush(never);
    expect(seen).toEqual([undefined, true]);
  });

  test('survives a delivery that throws and a logger that throws', async () => {
    diag.setLogger(
      { error: fail, warn: fail, info: fail, debug: fail, verbose: fail },
      { suppressOverrideMessage: true },
    );
    const { loop } = loopWith({ deliver: fail });
    loop.offer('a', 1, 0);
    loop.offer('huge', 2000, 0);
    await loop.flush(never);
    expect(expectSum(loop)).toMatchObject({ dropped: { export_failed: 1, queue_full: 1 }, pending: 0 });
  });

  test('the sum holds at every moment, whatever a delivery reports', async () => {
    const behaviour = fc.record({ delivered: fc.nat(20), dropped: fc.nat(20), throws: fc.boolean() });
    const entry = fc.record({ bytes: fc.nat(12), rank: fc.constantFrom(0 as const, 1 as const, 2 as const) });
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour), fc.array(entry, { maxLength: 60 }), async (script, entries) => {
        const { clock, loop } = loopWith({
          maxQueueBytes: 40,
          deliver: async (batch, run) => {
            const { delivered = 1000, dropped = 0, throws = false } = script.shift() ?? {};
            run.delivered(batch.slice(0, delivered), dropped);
            expectSum(loop);
            run.dropped(batch.slice(0, dropped), 'rejected');
            if (throws) throw new Error('scripted');
          },
        });
        for (const [index, { bytes, rank }] of entries.entries()) {
          loop.offer(String(index), bytes, rank);
          expect(expectSum(loop).pendingBytes).toBeLessThanOrEqual(40);
          if (index % 7 === 0) await clock.advance(50);
        }
        await loop.flush(never);
        expect(expectSum(loop).pending).toBe(0);
      }),
    );
  });
});
