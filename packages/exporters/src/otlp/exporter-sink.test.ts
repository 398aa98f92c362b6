import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { droppedCount } from '../delivery/sink-stats.ts';
import type { SpanSink } from '../span-sink.ts';
import { startTracing } from '../start-tracing.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { createExporterSink } from './exporter-sink.ts';
import { otlpSink } from './otlp-sink.ts';

const OtlpRequest = z.object({
  resourceSpans: z.array(
    z.object({ scopeSpans: z.array(z.object({ spans: z.array(z.object({ name: z.string() })) })) }),
  ),
});

/** A small OTLP/HTTP receiver on loopback. */
class Receiver {
  readonly names: string[] = [];
  readonly requests: { readonly url: string; readonly key: unknown; readonly count: number }[] = [];
  status = 200;
  readonly #server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = OtlpRequest.parse(JSON.parse(Buffer.concat(chunks).toString()));
      const spans = body.resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap((scope) => scope.spans),
      );
      this.requests.push({ url: request.url ?? '', key: request.headers['x-key'], count: spans.length });
      if (this.status === 200) this.names.push(...spans.map(({ name }) => name));
      response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

const receivers: Receiver[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

async function receive() {
  const receiver = new Receiver();
  receivers.push(receiver);
  return { receiver, origin: await receiver.start() };
}

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

describe('the OTLP sink', () => {
  test('delivers a burst of 5,000 spans to a receiver, in batches, with its headers', async () => {
    const { receiver, origin } = await receive();
    const sink = otlpSink({ url: `${origin}/v1/traces`, headers: { 'x-key': 'k' } });
    const { tracing, burst } = tracedBy(sink);
    burst(5000);
    await tracing.shutdown();
    expect(expectSum(sink)).toMatchObject({
      name: 'otlp',
      emitted: 5000,
      delivered: 5000,
      dropped: {},
      pending: 0,
    });
    expect(new Set(receiver.names).size).toBe(5000);
    expect(receiver.requests).toHaveLength(10);
    expect(receiver.requests[0]).toEqual({ url: '/v1/traces', key: 'k', count: 512 });
  });

  test('follows the standard variables', async () => {
    const { receiver, origin } = await receive();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', origin);
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-key=from-env');
    const { tracing, burst } = tracedBy(otlpSink());
    burst(1);
    await tracing.shutdown();
    expect(receiver.requests).toEqual([{ url: '/v1/traces', key: 'from-env', count: 1 }]);
  });

  test('counts what the receiver refuses', async () => {
    const { receiver, origin } = await receive();
    receiver.status = 400;
    const sink = otlpSink({ url: `${origin}/v1/traces`, maxBatch: 2 });
    const { tracing, burst } = tracedBy(sink);
    burst(3);
    await tracing.flush();
    receiver.status = 200;
    burst(1);
    await tracing.flush();
    expect(expectSum(sink)).toMatchObject({ delivered: 1, dropped: { export_failed: 3 }, pending: 0 });
    await tracing.shutdown();
  });
});

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
