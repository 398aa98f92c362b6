import { createAriadneSink, otlpSink } from '@clew/exporters';
import type { SinkLog, SpanSink } from '@clew/exporters';
import type { ConfigFile, ExporterName } from './config.ts';

/** The sinks that a configuration names. */
export function sinksOf({ telemetry }: Pick<ConfigFile, 'telemetry'>, log: SinkLog): readonly SpanSink[] {
  const { exporter, ariadne_url: ariadneUrl, otlp_url: otlpUrl } = telemetry;
  const names = typeof exporter === 'string' ? [exporter] : exporter;
  return names.flatMap((name) =>
    sinkOf(name, typeof ariadneUrl === 'string' ? [ariadneUrl] : ariadneUrl, otlpUrl, log),
  );
}

function sinkOf(
  name: ExporterName,
  ariadneUrls: readonly string[],
  otlpUrl: string | undefined,
  log: SinkLog,
): readonly SpanSink[] {
  switch (name) {
    case 'ariadne':
      return ariadneUrls.map((url, index) =>
        createAriadneSink({ url, name: index === 0 ? 'ariadne' : `ariadne-${index + 1}`, log }),
      );
    case 'otlp':
      return [otlpSink({ log, ...(otlpUrl === undefined ? {} : { url: otlpUrl }) })];
    case 'none':
      return [];
  }
}
