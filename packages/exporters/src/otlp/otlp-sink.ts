import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { SpanSink } from '../span-sink.ts';
import { createExporterSink } from './exporter-sink.ts';
import type { ExporterSinkOptions } from './exporter-sink.ts';

export type OtlpSinkOptions = ExporterSinkOptions & {
  /** The whole address, `/v1/traces` included. Default: what the `OTEL_EXPORTER_OTLP_*` variables say. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Sends finished spans by OTLP over HTTP, as JSON. The standard `OTEL_EXPORTER_OTLP_*` variables apply. */
export function otlpSink({ url, headers, name = 'otlp', ...options }: OtlpSinkOptions = {}): SpanSink {
  const exporter = new OTLPTraceExporter({
    ...(url !== undefined && { url }),
    ...(headers !== undefined && { headers: { ...headers } }),
  });
  return createExporterSink(exporter, { ...options, name });
}
