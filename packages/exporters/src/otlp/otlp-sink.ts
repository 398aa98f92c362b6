import type { Meter } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';
import { systemClock } from '../delivery/clock.ts';
import type { Clock } from '../delivery/clock.ts';
import { areHeaders } from '../delivery/http-poster.ts';
import type { TlsOptions } from '../delivery/http-poster.ts';
import { OutageLog } from '../delivery/outage-log.ts';
import type { SinkLog } from '../delivery/outage-log.ts';
import { rankOf } from '../delivery/rank-of.ts';
import type { SinkStats } from '../delivery/sink-stats.ts';
import { parseOptions } from '../exporter-error.ts';
import { HttpPipeline } from '../http-pipeline.ts';
import type { HttpPipelineOptions } from '../http-pipeline.ts';
import { scopeOf } from '../span-shape.ts';
import type { SpanSink } from '../span-sink.ts';
import { SpoolSettings } from '../spool/spool-settings.ts';
import type { OtlpEncoding } from './otlp-encoding.ts';
import { readOtlpEnvironment } from './otlp-environment.ts';
import { otlpFormat } from './otlp-format.ts';
import { otlpJson } from './otlp-json.ts';
import { otlpProto } from './otlp-proto.ts';

const positive = z.number().int().positive();
const OtlpSinkSettings = z.strictObject({
  /** The whole address, `/v1/traces` included. Default: `OTEL_EXPORTER_OTLP_*`, else this machine. */
  url: z.url({ protocol: /^https?$/ }).default('http://localhost:4318/v1/traces'),
  /** The name in `stats()` and in what is logged. */
  name: z.string().min(1).default('otlp'),
  headers: z
    .record(z.string(), z.string())
    .refine(areHeaders, 'a name or a value holds what no header may hold')
    .default({}),
  protocol: z.enum(['http/json', 'http/protobuf']).default('http/protobuf'),
  compression: z.enum(['gzip', 'none']).default('none'),
  /** How long one request may take. */
  timeoutMillis: positive.default(10_000),
  /** How long a span may wait for others to go with. */
  maxAgeMillis: z.number().int().nonnegative().default(1000),
  /** The largest body, before it is compressed: receivers commonly take 4 MiB and more. */
  maxBatchBytes: positive.min(4096).default(1024 * 1024),
  /** Memory for what waits or is on its way. When it is full, ordinary spans leave first and `compact.run` last. */
  maxQueueBytes: positive.default(32 * 1024 * 1024),
  /** Keeps what was not delivered on disk, through the end of the process. Default: in memory only. */
  spool: SpoolSettings.optional(),
});
export type OtlpSinkOptions = z.input<typeof OtlpSinkSettings> & {
  /** PEM, for a server or a client that the system's certificates do not know. */
  readonly tls?: TlsOptions;
  readonly clock?: Clock;
  /** Between 0 and 1. Default `Math.random`. */
  readonly random?: () => number;
  /** Where trouble is told, once. Default: OTel's `diag`, which is silent until it is given a logger. */
  readonly log?: SinkLog;
  /** Where the sink measures itself, by the `otel.sdk.*` names. */
  readonly meter?: Meter | undefined;
  /** Where the standard variables are read. Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/**
 * Sends finished spans by OTLP over HTTP, as Protocol Buffers or JSON. The standard `OTEL_EXPORTER_OTLP_*` variables
 * say what the options do not.
 *
 * @throws ExporterError `invalid_options`.
 */
export function otlpSink(options: OtlpSinkOptions = {}): SpanSink {
  const {
    clock = systemClock,
    random = Math.random,
    log,
    meter,
    tls,
    environment = process.env,
    ...rest
  } = options;
  const { headers, tls: certificates, ...said } = readOtlpEnvironment(environment);
  const settings = parseOptions(
    OtlpSinkSettings,
    { ...defined(said), ...defined(rest), headers: { ...headers, ...rest.headers } },
    'otlpSink',
  );
  const outageLog = new OutageLog(`[${settings.name}]`, log);
  return new OtlpSink(settings, { clock, random, log: outageLog, meter, tls: { ...certificates, ...tls } });
}

class OtlpSink implements SpanSink {
  readonly name: string;
  readonly #pipeline: HttpPipeline;
  readonly #encoding: OtlpEncoding;
  readonly #maxBytes: number;
  /** Each resource and scope is written down once. */
  readonly #groups = new WeakMap<object, WeakMap<object, Buffer>>();

  constructor(
    settings: z.output<typeof OtlpSinkSettings>,
    wiring: Pick<HttpPipelineOptions, 'clock' | 'random' | 'log' | 'meter' | 'tls'>,
  ) {
    const isJson = settings.protocol === 'http/json';
    const isCompressed = settings.compression === 'gzip';
    this.name = settings.name;
    this.#encoding = isJson ? otlpJson : otlpProto;
    this.#maxBytes = settings.maxBatchBytes;
    this.#pipeline = new HttpPipeline({
      ...settings,
      ...wiring,
      url: new URL(settings.url),
      headers: {
        ...settings.headers,
        'content-type': this.#encoding.contentType,
        ...(isCompressed && { 'content-encoding': 'gzip' }),
      },
      spool: settings.spool,
      // A receiver of OTLP has no common address for it: one batch tells.
      healthUrl: undefined,
      frame: { bytes: reservedBytes(settings.maxBatchBytes), entryBytes: this.#encoding.entryBytes },
      format: otlpFormat(this.#encoding, isCompressed),
      componentType: isJson ? 'otlp_http_json_span_exporter' : 'otlp_http_span_exporter',
    });
  }

  onEnd(span: ReadableSpan): void {
    this.#pipeline.offer(rankOf(span), `a span named ${span.name}`, () => {
      const group = this.#groupOf(span);
      const bytes = this.#encoding.span(span);
      const total = bytes.length + group.length + this.#encoding.groupFrameBytes + this.#encoding.entryBytes;
      return total > this.#maxBytes ? undefined : { bytes, group, startTime: span.startTime };
    });
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

  #groupOf(span: ReadableSpan): Buffer {
    const scope = scopeOf(span);
    const ofResource = this.#groups.get(span.resource) ?? new WeakMap<object, Buffer>();
    this.#groups.set(span.resource, ofResource);
    const group = ofResource.get(scope) ?? this.#encoding.group(span);
    ofResource.set(scope, group);
    return group;
  }
}

/** Room for resources and scopes, which a batch learns of only when it is put together. */
function reservedBytes(maxBatchBytes: number): number {
  return Math.min(16_384, Math.floor(maxBatchBytes / 8));
}

function defined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
