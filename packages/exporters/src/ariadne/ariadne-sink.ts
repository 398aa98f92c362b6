import { z } from 'zod';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { Rank } from '../delivery/bounded-queue.ts';
import { systemClock } from '../delivery/clock.ts';
import type { Clock } from '../delivery/clock.ts';
import { DeliveryLoop } from '../delivery/delivery-loop.ts';
import { OutageLog } from '../delivery/outage-log.ts';
import type { SinkLog } from '../delivery/outage-log.ts';
import type { SinkStats } from '../delivery/sink-stats.ts';
import { parseOptions } from '../exporter-error.ts';
import type { SpanSink } from '../span-sink.ts';
import { AriadneDelivery } from './ariadne-delivery.ts';
import type { EncodedEvent } from './ariadne-delivery.ts';
import { maxBodyBytes } from './ariadne-event.ts';
import type { AriadneEvent } from './ariadne-event.ts';
import { frameBytes } from './batch-body.ts';
import { encodeEvent } from './encode-event.ts';
import { LearnedLimit } from './learned-limit.ts';
import { OpenTraces } from './open-traces.ts';
import { areHeaders, createPoster } from './post-json.ts';
import type { Poster } from './post-json.ts';
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
});
export type AriadneSinkOptions = z.input<typeof AriadneSinkSettings> & {
  readonly clock?: Clock;
  /** Between 0 and 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Where trouble is told, once. Default: OTel's `diag`, which is silent until it is given a logger. */
  readonly log?: SinkLog;
};

/**
 * Sends each finished span, and each trace, to Ariadne's `POST /ingest`, in the background. It counts in events.
 *
 * @throws ExporterError `invalid_options`.
 */
export function createAriadneSink(options: AriadneSinkOptions = {}): SpanSink {
  const { clock = systemClock, random = Math.random, log, ...rest } = options;
  const settings = parseOptions(AriadneSinkSettings, rest, 'createAriadneSink');
  return new AriadneSink(settings, { clock, random, log: new OutageLog('[Ariadne]', log) });
}

class AriadneSink implements SpanSink {
  readonly name: string;
  readonly #settings: z.output<typeof AriadneSinkSettings>;
  readonly #loop: DeliveryLoop<EncodedEvent>;
  readonly #poster: Poster;
  readonly #log: OutageLog;
  readonly #open = new OpenTraces();

  constructor(
    settings: z.output<typeof AriadneSinkSettings>,
    { clock, random, log }: { clock: Clock; random: () => number; log: OutageLog },
  ) {
    const url = new URL(settings.url);
    const limit = new LearnedLimit(settings.maxBatchBytes);
    this.name = settings.name;
    this.#log = log;
    this.#settings = settings;
    this.#poster = createPoster({ url, headers: settings.headers, timeoutMillis: settings.timeoutMillis });
    const delivery = new AriadneDelivery({
      // Without the name and password that an address may hold.
      address: `${url.origin}${url.pathname}`,
      poster: this.#poster,
      limit,
      log,
      clock,
      random,
    });
    this.#loop = new DeliveryLoop<EncodedEvent>({
      ...settings,
      clock,
      log,
      // Each event brings a comma, of which the last is not written.
      batchLimit: () => ({ bytes: limit.bytes - frameBytes + 1, entryBytes: 1, count: Infinity }),
      deliver: (batch, run) => delivery.deliver(batch, run),
      unreported: 'export_failed',
    });
  }

  onStart(span: ReadableSpan): void {
    this.#open.start(span);
    if (this.#settings.traceEvents !== 'end' && isLocalRoot(span)) {
      this.#offer(span, 2, () => traceToEvent(span));
    }
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
    return this.#loop.flush(signal);
  }

  async shutdown(signal: AbortSignal): Promise<void> {
    await this.#loop.shutdown(signal);
    this.#poster.close();
  }

  stats(): SinkStats {
    return this.#loop.stats();
  }

  #offer({ startTime }: ReadableSpan, rank: Rank, toEvent: () => AriadneEvent): void {
    try {
      const event = toEvent();
      const json = encodeEvent(event, this.#settings.maxBatchBytes - frameBytes);
      if (json === undefined) {
        this.#loop.refuse('oversize');
        this.#log.dropped('oversize', `an event named ${event.name ?? event.type}`);
      } else {
        this.#loop.offer({ json, startTime }, json.length, rank);
      }
    } catch (error) {
      this.#loop.refuse('unencodable');
      this.#log.dropped('unencodable', String(error));
    }
  }
}

/** The run is the account of everything, and a trace's event gives it its name; an ordinary span may be large. */
function rankOf({ name }: ReadableSpan): Rank {
  if (name === 'compact.run') {
    return 2;
  }
  return name.startsWith('compact.') ? 1 : 0;
}
