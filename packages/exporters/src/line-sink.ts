import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Meter } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';
import { systemClock } from './delivery/clock.ts';
import type { Clock } from './delivery/clock.ts';
import { DeliveryLoop } from './delivery/delivery-loop.ts';
import { OutageLog } from './delivery/outage-log.ts';
import type { SinkLog } from './delivery/outage-log.ts';
import { rankOf } from './delivery/rank-of.ts';
import type { SinkStats } from './delivery/sink-stats.ts';
import { parseOptions } from './exporter-error.ts';
import { humanLine } from './human-line.ts';
import { otlpJson } from './otlp/otlp-json.ts';
import { startSelfMetrics } from './self-metrics.ts';
import type { SpanSink } from './span-sink.ts';

const Common = {
  /** Memory for what waits, in bytes. */
  maxQueueBytes: z
    .number()
    .int()
    .positive()
    .default(8 * 1024 * 1024),
  maxAgeMillis: z.number().int().nonnegative().default(100),
};
const ConsoleSinkSettings = z.strictObject({
  ...Common,
  name: z.string().min(1).default('console'),
  /** One JSON object a line, as in a file, or a line for people. */
  format: z.enum(['human', 'json']).default('human'),
});
const FileSinkSettings = z.strictObject({
  ...Common,
  name: z.string().min(1).default('file'),
  /** The file; it is added to, and made where there is none, with its folder. */
  path: z.string().min(1),
});

type Wiring = {
  readonly clock?: Clock;
  /** Where trouble is told, once. Default: OTel's `diag`, which is silent until it is given a logger. */
  readonly log?: SinkLog;
  /** Where the sink measures itself, by the `otel.sdk.*` names. */
  readonly meter?: Meter | undefined;
};
export type ConsoleSinkOptions = z.input<typeof ConsoleSinkSettings> &
  Wiring & {
    /** Default: standard error, so that what a program says on standard output stays its own. */
    readonly stream?: NodeJS.WritableStream;
  };
export type FileSinkOptions = z.input<typeof FileSinkSettings> & Wiring;

/**
 * Writes a line for each finished span to a stream.
 *
 * @throws ExporterError `invalid_options`.
 */
export function createConsoleSink(options: ConsoleSinkOptions = {}): SpanSink {
  const { clock, log, meter, stream = process.stderr, ...rest } = options;
  const settings = parseOptions(ConsoleSinkSettings, rest, 'createConsoleSink');
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(text, (error?: Error | null) => (error ? reject(error) : resolve()));
    });
  const lineOf = settings.format === 'json' ? jsonLine : humanLine;
  return new LineSink(settings, 'console_span_exporter', lineOf, write, { clock, log, meter });
}

/**
 * Adds a line of JSON for each finished span to a file: a request of OTLP/JSON with that one span, which any reader
 * of OTLP files takes.
 *
 * @throws ExporterError `invalid_options`.
 */
export function createFileSink(options: FileSinkOptions): SpanSink {
  const { clock, log, meter, ...rest } = options;
  const { path, ...settings } = parseOptions(FileSinkSettings, rest, 'createFileSink');
  let isMade = false;
  const write = async (text: string): Promise<void> => {
    if (!isMade) {
      await mkdir(dirname(path), { recursive: true });
      isMade = true;
    }
    await appendFile(path, text, { mode: 0o600 });
  };
  return new LineSink(settings, 'file_span_exporter', jsonLine, write, { clock, log, meter });
}

type LineSettings = { readonly name: string; readonly maxQueueBytes: number; readonly maxAgeMillis: number };

class LineSink implements SpanSink {
  readonly name: string;
  readonly #loop: DeliveryLoop<string>;
  readonly #lineOf: (span: ReadableSpan) => string;
  readonly #log: OutageLog;

  constructor(
    settings: LineSettings,
    type: string,
    lineOf: (span: ReadableSpan) => string,
    write: (text: string) => Promise<void>,
    { clock = systemClock, log, meter }: { readonly [Key in keyof Wiring]: Wiring[Key] | undefined },
  ) {
    this.name = settings.name;
    this.#lineOf = lineOf;
    this.#log = new OutageLog(`[${settings.name}]`, log);
    this.#loop = new DeliveryLoop<string>({
      ...settings,
      clock,
      log: this.#log,
      batchLimit: () => ({ bytes: 262_144, entryBytes: 0, count: Infinity }),
      deliver: async (batch, run) => {
        const startedAt = clock.now();
        try {
          await write(batch.map(({ payload }) => payload).join(''));
          run.attempted('delivered', clock.now() - startedAt);
          run.delivered(batch);
        } catch (error) {
          run.attempted('failed', clock.now() - startedAt);
          this.#log.dropped('export_failed', String(error));
          run.dropped(batch, 'export_failed');
        }
      },
      unreported: 'export_failed',
      onAttempt: (outcome, millis) => metrics?.attempted(outcome, millis),
    });
    const metrics = meter && startSelfMetrics({ meter, type, stats: () => this.stats() });
  }

  onEnd(span: ReadableSpan): void {
    try {
      const line = this.#lineOf(span);
      this.#loop.offer(line, Buffer.byteLength(line), rankOf(span));
    } catch (error) {
      this.#loop.refuse('unencodable');
      this.#log.dropped('unencodable', String(error));
    }
  }

  flush(signal: AbortSignal): Promise<void> {
    return this.#loop.flush(signal);
  }

  shutdown(signal: AbortSignal): Promise<void> {
    return this.#loop.shutdown(signal);
  }

  stats(): SinkStats {
    return this.#loop.stats();
  }
}

function jsonLine(span: ReadableSpan): string {
  const request = otlpJson.request([{ group: otlpJson.group(span), spans: [otlpJson.span(span)] }]);
  return `${request.toString('utf8')}\n`;
}
