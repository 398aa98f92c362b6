import { createAriadneSink, createConsoleSink, createFileSink, otlpSink } from '@clew/exporters';
import type { SinkLog, SpanSink } from '@clew/exporters';
import type { Meter } from '@opentelemetry/api';
import { quietSink } from './quiet-sink.ts';
import type { SettledTelemetry } from './settle-telemetry.ts';

type Wiring = {
  readonly log: SinkLog;
  /** Where the sinks measure themselves. */
  readonly meter?: Meter | undefined;
  /** Where the standard variables of OTLP are read. Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/** The sinks that a configuration names. */
export function sinksOf(telemetry: SettledTelemetry, wiring: Wiring): readonly SpanSink[] {
  return telemetry.exporter.flatMap((name) => sinkOf(name, telemetry, wiring));
}

function sinkOf(
  name: SettledTelemetry['exporter'][number],
  telemetry: SettledTelemetry,
  { environment, ...wiring }: Wiring,
): readonly SpanSink[] {
  const spool = telemetry.spool
    ? { spool: { path: telemetry.spool_path, maxBytes: telemetry.spool_max_bytes } }
    : {};
  const { ariadne_url: ariadneUrl, otlp_url: url, otlp_protocol: protocol } = telemetry;
  switch (name) {
    case 'ariadne':
      return (typeof ariadneUrl === 'string' ? [ariadneUrl] : ariadneUrl).map((each, index) =>
        createAriadneSink({
          url: each,
          name: index === 0 ? 'ariadne' : `ariadne-${index + 1}`,
          ...spool,
          ...wiring,
        }),
      );
    case 'otlp':
      return [
        otlpSink({
          ...(url !== undefined && { url }),
          ...(protocol !== undefined && { protocol }),
          ...(environment !== undefined && { environment }),
          ...spool,
          ...wiring,
        }),
      ];
    case 'console':
      return [createConsoleSink({ format: telemetry.console_format, ...wiring })];
    case 'quiet':
      return [quietSink(createConsoleSink({ format: 'human', ...wiring }))];
    case 'file':
      return [createFileSink({ path: telemetry.file_path, ...wiring })];
    // The application brings its own.
    case 'custom':
    case 'none':
      return [];
  }
}
