import type { Meter } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';
import type { Rank } from '../delivery/bounded-queue.ts';
import { systemClock } from '../delivery/clock.ts';
import type { Clock } from '../delivery/clock.ts';
import { noGroup } from '../delivery/encoded-span.ts';
import { areHeaders } from '../delivery/http-poster.ts';
import { OutageLog } from '../delivery/outage-log.ts';
import type { SinkLog } from '../delivery/outage-log.ts';
import { rankOf } from '../delivery/rank-of.ts';
import type { SinkStats } from '../delivery/sink-stats.ts';
import { parseOptions } from '../exporter-error.ts';
import { HttpPipeline } from '../http-pipeline.ts';
import type { HttpPipelineOptions } from '../http-pipeline.ts';
import type { SpanSink } from '../span-sink.ts';
import { SpoolSettings } from '../spool/spool-settings.ts';
import { maxBodyBytes } from './ariadne-event.ts';
import type { AriadneEvent } from './ariadne-event.ts';
import { ariadneFormat } from './ariadne-format.ts';
import { frameBytes } from './batch-body.ts';
import { encodeEvent } from './encode-event.ts';
import { OpenTraces } from './open-traces.ts';
import { spanToEvent } from './span-to-event.ts';
import { isLocalRoot, traceToEvent } from './trace-to-event.ts';

const AriadneSinkSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).default('http://localhost:5175/ingest'),
  /** The name in `stats()`. */
  name: z.string().min(1).default('ariadne'),
  headers: z
    .record(z.string(), z.string())
    .refine(areHeaders, 'a name or a value holds what no header may hold')
    .default({}),
  /** How long one request may take. */
  timeoutMillis: z.number().int().positive().default(2000),
  /** How long an event may wait for others to go with. */
  maxAgeMillis: z.number().int().nonnegative().default(100),
  /** The largest body. Ariadne takes no larger one than the default. */
  maxBatchBytes: z.number().int().min(1024).max(maxBodyBytes).default(maxBodyBytes),
  /** Memory for what waits or is on its way. When it is full, ordinary spans leave first and `compact.run` last. */
  maxQueueBytes: z
    .number()
    .int()
    .positive()
    .default(8 * 1024 * 1024),
  /**
   * When the event of a whole trace is sent. Ariadne keeps the first one that it meets, so that one sent at the
   * start has a name at once but never an end; a receiver that merges them may be sent both.
   */
  traceEvents: z.enum(['end', 'start', 'both']).default('end'),
  /** Keeps what was not delivered on disk, through the end of the process. Default: in memory only. */
  spool: SpoolSettings.optional(),
});
export type AriadneSinkOptions = z.input<typeof AriadneSinkSettings> & {
  readonly clock?: Clock;
  /** Between 0 and 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Where trouble is told, once. Default: OTel's `diag`, which is silent until it is given a logger. */
  readonly log?: SinkLog;
  /** Where the sink measures itself, by the `otel.sdk.*` names. */
  readonly meter?: Meter | undefined;
};

/**
 * Sends each finished span, and each trace, to Ariadne's `POST /ingest`, in the background. It counts in events.
 *
 * @throws ExporterError `invalid_options`.
 */
export function createAriadneSink(options: AriadneSinkOptions = {}): SpanSink {
  const { clock = systemClock, random = Math.random, log, meter, ...rest } = options;
  const settings = parseOptions(AriadneSinkSettings, rest, 'createAriadneSink');
  return new AriadneSink(settings, { clock, random, log: new OutageLog('[Ariadne]', log), meter });
}

class AriadneSink implements SpanSink {
  readonly name: string;
  readonly #settings: z.output<typeof AriadneSinkSettings>;
  readonly #pipeline: HttpPipeline;
  readonly #open = new OpenTraces();

  constructor(
    settings: z.output<typeof AriadneSinkSettings>,
    wiring: Pick<HttpPipelineOptions, 'clock' | 'random' | 'log' | 'meter'>,
  ) {
    const url = new URL(settings.url);
    this.name = settings.name;
    this.#settings = settings;
    this.#pipeline = new HttpPipeline({
      ...settings,
      ...wiring,
      url,
      headers: { ...settings.headers, 'content-type': 'application/json' },
      spool: settings.spool,
      healthUrl: new URL('healthz', url),
      // Each event brings a comma, of which the last is not written.
      frame: { bytes: frameBytes - 1, entryBytes: 1 },
      format: ariadneFormat,
      componentType: 'ariadne_http_span_exporter',
    });
  }

  onStart(span: ReadableSpan): void {
    this.#open.start(span);
    if (this.#settings.traceEvents !== 'end' && isLocalRoot(span)) {
      this.#offer(span, 2, () => traceToEvent(span));
    }
  }

  wantsStart(span: ReadableSpan): boolean {
    return OpenTraces.concerns(span);
  }

  onEnd(span: ReadableSpan): void {
    this.#offer(span, rankOf(span), () => spanToEvent(span));
    if (isLocalRoot(span)) {
      const agent = this.#open.end(span);
      if (this.#settings.traceEvents !== 'start') {
        this.#offer(span, 2, () => traceToEvent(span, agent));
      }
    }
  }

  flush(signal: AbortSignal): Promise<void> {
    return this.#pipeline.flush(signal);
  }

  shutdown(signal: AbortSignal): Promise<void> {
    return this.#pipeline.shutdown(signal);
  }

  stats(): SinkStats {
    return this.#pipeline.stats();
  }

  #offer({ startTime, name }: ReadableSpan, rank: Rank, toEvent: () => AriadneEvent): void {
    this.#pipeline.offer(rank, `an event named ${name}`, () => {
      const bytes = encodeEvent(toEvent(), this.#settings.maxBatchBytes - frameBytes);
      return bytes && { bytes, startTime, group: noGroup };
    });
  }
}
