import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { describe, expect, test } from 'vitest';
import { droppedCount } from '../delivery/sink-stats.ts';
import type { SpanSink } from '../span-sink.ts';
import { startTracing } from '../start-tracing.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { createExporterSink } from './exporter-sink.ts';

function expectSum(sink: SpanSink) {
  const stats = sink.stats();
  expect(stats.emitted).toBe(stats.delivered + droppedCount(stats) + stats.pending);
  return stats;
}

function tracedBy(sink: SpanSink) {
  const tracing = startTracing({ serviceName: 'shop', sinks: [sink] });
  const burst = (count: number, text = ''): void => {
    for (let number = 0; number < count; number += 1) {
      tracing
        .tracer('test')
        .startSpan(`span ${number}`, { attributes: { text, list: ['a', text], flag: true } })
        .end();
    }
  };
  return { tracing, burst };
}

/** An exporter that answers when it is told to. */
class HeldExporter implements SpanExporter {
  readonly batches: ReadableSpan[][] = [];
  readonly answers: ((code: ExportResultCode) => void)[] = [];
  shutdowns = 0;

  export(spans: ReadableSpan[], report: (result: { code: ExportResultCode }) => void): void {
    this.batches.push(spans);
    this.answers.push((code) => report({ code }));
  }

  async shutdown(): Promise<void> {
    this.shutdowns += 1;
  }
}

const soon = () => new Promise(setImmediate);

describe('a sink over any exporter', () => {
  test('has one export on its way at a time', async () => {
    const exporter = new HeldExporter();
    const sink = createExporterSink(exporter, { maxBatch: 2 });
    const { burst } = tracedBy(sink);
    burst(4);
    await soon();
    expect(exporter.batches).toHaveLength(1);
    expect(expectSum(sink)).toMatchObject({ pending: 4 });
    exporter.answers[0]?.(ExportResultCode.SUCCESS);
    await soon();
    expect(exporter.batches.map((batch) => batch.length)).toEqual([2, 2]);
    exporter.answers[1]?.(ExportResultCode.FAILED);
    await soon();
    expect(expectSum(sink)).toMatchObject({ delivered: 2, dropped: { export_failed: 2 }, pending: 0 });
  });

  test('holds no more than its memory, and lets the oldest go', async () => {
    const exporter = new HeldExporter();
    const sink = createExporterSink(exporter, { maxBytes: 100_000, maxBatchBytes: 20_000 });
    const { burst } = tracedBy(sink);
    burst(200, 'x'.repeat(2000));
    const { pending, pendingBytes, dropped } = expectSum(sink);
    expect(pendingBytes).toBeLessThanOrEqual(100_000);
    expect(dropped.queue_full).toBe(200 - pending);
    await soon();
    expect(exporter.batches[0]?.at(-1)?.name).not.toBe('span 0');
  });

  test('gives up on an exporter that never reports, and does not count a late report', async () => {
    const clock = new ManualClock();
    const exporter = new HeldExporter();
    const sink = createExporterSink(exporter, { clock, maxBatch: 1, timeoutMillis: 5000 });
    const { burst } = tracedBy(sink);
    burst(1);
    await clock.advance(0);
    await clock.advance(4999);
    expect(expectSum(sink).pending).toBe(1);
    await clock.advance(1);
    exporter.answers[0]?.(ExportResultCode.SUCCESS);
    expect(expectSum(sink)).toMatchObject({ delivered: 0, dropped: { export_failed: 1 }, pending: 0 });
  });

  test('survives an exporter that throws, also when it shuts down', async () => {
    const broken: SpanExporter = {
      export: () => {
        throw new Error('no');
      },
      shutdown: () => Promise.reject(new Error('no')),
    };
    const sink = createExporterSink(broken);
    const { tracing, burst } = tracedBy(sink);
    burst(3);
    await tracing.shutdown();
    expect(expectSum(sink)).toMatchObject({ dropped: { export_failed: 3 }, pending: 0 });
  });

  test('a shutdown ends with its signal, though the exporter hangs', async () => {
    const exporter = new HeldExporter();
    const sink = createExporterSink(exporter, { maxBatch: 1 });
    tracedBy(sink).burst(3);
    await soon();
    await sink.shutdown(AbortSignal.timeout(20));
    expect(exporter.shutdowns).toBe(1);
    expect(expectSum(sink)).toMatchObject({ delivered: 0, dropped: { shutdown: 3 }, pending: 0 });
  });

  test('refuses options that cannot work', () => {
    expect(() => createExporterSink(new HeldExporter(), { maxBatch: 0 })).toThrow(
      /createExporterSink[^]*maxBatch/,
    );
  });
});
