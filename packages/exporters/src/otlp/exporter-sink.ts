import { ExportResultCode } from '@opentelemetry/core';
import type { ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';
import type { Entry } from '../delivery/bounded-queue.ts';
import { systemClock } from '../delivery/clock.ts';
import type { Clock } from '../delivery/clock.ts';
import { DeliveryLoop } from '../delivery/delivery-loop.ts';
import type { DeliveryRun } from '../delivery/delivery-loop.ts';
import { OutageLog } from '../delivery/outage-log.ts';
import type { SinkLog } from '../delivery/outage-log.ts';
import type { SinkStats } from '../delivery/sink-stats.ts';
import { parseOptions } from '../exporter-error.ts';
import type { SpanSink } from '../span-sink.ts';
import { spanSize } from './span-size.ts';

const ExporterSinkSettings = z.strictObject({
  /** The name in `stats()` and in what is logged. */
  name: z.string().min(1).default('exporter'),
  /** The most spans of one export. */
  maxBatch: z.number().int().positive().default(512),
  /** A batch of about so many bytes is exported without waiting for more. */
  maxBatchBytes: z
    .number()
    .int()
    .positive()
    .default(1024 * 1024),
  /** Memory for what waits or is on its way, in bytes, estimated. */
  maxBytes: z
    .number()
    .int()
    .positive()
    .default(32 * 1024 * 1024),
  maxAgeMillis: z.number().int().nonnegative().default(1000),
  /** An exporter that has not reported by then has failed. */
  timeoutMillis: z.number().int().positive().default(30_000),
});
export type ExporterSinkOptions = z.input<typeof ExporterSinkSettings> & {
  readonly clock?: Clock;
  /** Where trouble is told, once. Default: OTel's `diag`, which is silent until it is given a logger. */
  readonly log?: SinkLog;
};

/**
 * Hands finished spans to any OTel exporter, in batches, one export at a time. What the exporter reports as failed
 * is counted as dropped: retrying is its business.
 *
 * @throws ExporterError `invalid_options`.
 */
export function createExporterSink(exporter: SpanExporter, options: ExporterSinkOptions = {}): SpanSink {
  const { clock = systemClock, log, ...rest } = options;
  const settings = parseOptions(ExporterSinkSettings, rest, 'createExporterSink');
  return new ExporterSink(exporter, settings, { clock, log: new OutageLog(`[${settings.name}]`, log) });
}

class ExporterSink implements SpanSink {
  readonly name: string;
  readonly #exporter: SpanExporter;
  readonly #timeoutMillis: number;
  readonly #clock: Clock;
  readonly #loop: DeliveryLoop<ReadableSpan>;
  readonly #log: OutageLog;

  constructor(
    exporter: SpanExporter,
    settings: z.output<typeof ExporterSinkSettings>,
    { clock, log }: { clock: Clock; log: OutageLog },
  ) {
    const { name, maxBatch, maxBatchBytes, maxBytes, maxAgeMillis, timeoutMillis } = settings;
    this.name = name;
    this.#exporter = exporter;
    this.#timeoutMillis = timeoutMillis;
    this.#clock = clock;
    this.#log = log;
    this.#loop = new DeliveryLoop<ReadableSpan>({
      name,
      clock,
      log: this.#log,
      maxQueueBytes: maxBytes,
      maxAgeMillis,
      batchLimit: () => ({ bytes: maxBatchBytes, entryBytes: 0, count: maxBatch }),
      deliver: (batch, run) => this.#deliver(batch, run),
      unreported: 'export_failed',
    });
  }

  onEnd(span: ReadableSpan): void {
    try {
      this.#loop.offer(span, spanSize(span), 0);
    } catch (error) {
      this.#loop.refuse('unencodable');
      this.#log.dropped('unencodable', String(error));
    }
  }

  async flush(signal: AbortSignal): Promise<void> {
    await this.#loop.flush(signal);
  }

  async shutdown(signal: AbortSignal): Promise<void> {
    await this.#loop.shutdown(signal);
    try {
      await Promise.race([this.#exporter.shutdown(), aborted(signal)]);
    } catch (error) {
      this.#log.broken(error);
    }
  }

  stats(): SinkStats {
    return this.#loop.stats();
  }

  async #deliver(batch: readonly Entry<ReadableSpan>[], run: DeliveryRun<ReadableSpan>): Promise<void> {
    const result = await this.#export(
      batch.map(({ payload }) => payload),
      run.pacer.signal,
    );
    if (result.code === ExportResultCode.SUCCESS) {
      run.delivered(batch);
    } else if (!run.pacer.signal.aborted) {
      this.#log.dropped('export_failed', result.error?.message ?? 'the exporter gave no reason');
      run.dropped(batch, 'export_failed');
    }
  }

  /** Settles in any case: when the exporter reports, throws, takes too long, or the loop stops. */
  #export(spans: ReadableSpan[], signal: AbortSignal): Promise<ExportResult> {
    return new Promise((resolve) => {
      const settle = (result: ExportResult): void => {
        cancel();
        signal.removeEventListener('abort', stop);
        resolve(result);
      };
      const fail = (message: string): void =>
        settle({ code: ExportResultCode.FAILED, error: new Error(message) });
      const stop = (): void => fail('stopped');
      const cancel = this.#clock.after(this.#timeoutMillis, () =>
        fail(`no report within ${this.#timeoutMillis} ms`),
      );
      signal.addEventListener('abort', stop);
      try {
        this.#exporter.export(spans, settle);
      } catch (error) {
        fail(String(error));
      }
    });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
