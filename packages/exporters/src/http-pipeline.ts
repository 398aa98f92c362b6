import { join } from 'node:path';
import type { Meter } from '@opentelemetry/api';
import type { BreakerState } from './delivery/breaker.ts';
import type { Rank } from './delivery/bounded-queue.ts';
import type { Clock } from './delivery/clock.ts';
import { DeliveryLoop } from './delivery/delivery-loop.ts';
import type { EncodedSpan } from './delivery/encoded-span.ts';
import { HttpDelivery } from './delivery/http-delivery.ts';
import type { WireFormat } from './delivery/http-delivery.ts';
import { createPoster } from './delivery/http-poster.ts';
import type { Poster, TlsOptions } from './delivery/http-poster.ts';
import { LearnedLimit } from './delivery/learned-limit.ts';
import type { OutageLog } from './delivery/outage-log.ts';
import { fileQuarantine, noQuarantine } from './delivery/quarantine.ts';
import type { DropReason, SinkStats } from './delivery/sink-stats.ts';
import { startSelfMetrics } from './self-metrics.ts';
import type { SelfMetrics } from './self-metrics.ts';
import type { SpoolSettings } from './spool/spool-settings.ts';
import { spoolFolder } from './spool/spool-folder.ts';
import { Spool } from './spool/spool.ts';

export type HttpPipelineOptions = {
  readonly name: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMillis: number;
  readonly tls?: TlsOptions | undefined;
  readonly healthUrl: URL | undefined;
  readonly maxAgeMillis: number;
  readonly maxBatchBytes: number;
  readonly maxQueueBytes: number;
  /** What a body takes besides its spans, and each span besides its bytes. */
  readonly frame: { readonly bytes: number; readonly entryBytes: number };
  readonly format: WireFormat;
  readonly spool: SpoolSettings | undefined;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly log: OutageLog;
  readonly meter: Meter | undefined;
  /** `otel.component.type` in the sink's own metrics. */
  readonly componentType: string;
};

/** What tells of a compaction is on the screen soon, and with it what ended while it waited. */
const urgentAgeMillis = 20;

/** From an encoded span to an answer of a server: queue, spool, batches, attempts. */
export class HttpPipeline {
  readonly #loop: DeliveryLoop<EncodedSpan>;
  readonly #poster: Poster;
  readonly #log: OutageLog;
  readonly #delivery: HttpDelivery;
  readonly #metrics: SelfMetrics | undefined;

  constructor(options: HttpPipelineOptions) {
    const { name, url, headers, timeoutMillis, tls, frame, clock, log, spool, meter } = options;
    const limit = new LearnedLimit(options.maxBatchBytes);
    const folder = spool === undefined ? undefined : spoolFolder(spool.path, name, url);
    this.#log = log;
    this.#poster = createPoster({ url, headers, timeoutMillis, tls });
    this.#delivery = new HttpDelivery({
      ...options,
      // Without the name and password that an address may hold.
      address: `${url.origin}${url.pathname}`,
      poster: this.#poster,
      limit,
      quarantine:
        folder === undefined ? noQuarantine : fileQuarantine(join(folder, 'quarantine.jsonl'), clock),
    });
    this.#loop = new DeliveryLoop<EncodedSpan>({
      ...options,
      urgentAgeMillis: Math.min(urgentAgeMillis, options.maxAgeMillis),
      batchLimit: () => ({
        bytes: limit.bytes - Math.min(frame.bytes, limit.bytes / 4),
        entryBytes: frame.entryBytes,
        count: Infinity,
      }),
      deliver: (batch, run) => this.#delivery.deliver(batch, run),
      unreported: 'export_failed',
      spool:
        folder === undefined || spool === undefined
          ? undefined
          : (onEvicted) => new Spool({ path: folder, maxBytes: spool.maxBytes, clock, log, onEvicted }),
      onAttempt: (outcome, millis) => this.#metrics?.attempted(outcome, millis),
    });
    this.#metrics =
      meter &&
      startSelfMetrics({
        meter,
        type: options.componentType,
        stats: () => this.stats(),
        breaker: () => this.breaker,
      });
  }

  get breaker(): BreakerState {
    return this.#delivery.breaker.state;
  }

  /** Writes a span down and takes charge of it. `undefined` is what cannot be made to fit. */
  offer(rank: Rank, what: string, encode: () => EncodedSpan | undefined): void {
    try {
      const span = encode();
      if (span === undefined) {
        this.#refuse('oversize', what);
      } else {
        this.#loop.offer(span, span.bytes.length, rank);
      }
    } catch (error) {
      this.#refuse('unencodable', String(error));
    }
  }

  flush(signal: AbortSignal): Promise<void> {
    return this.#loop.flush(signal);
  }

  async shutdown(signal: AbortSignal): Promise<void> {
    await this.#loop.shutdown(signal);
    this.#poster.close();
    this.#metrics?.stop();
  }

  stats(): SinkStats {
    return this.#loop.stats();
  }

  #refuse(reason: DropReason, what: string): void {
    this.#loop.refuse(reason);
    this.#log.dropped(reason, what);
  }
}
