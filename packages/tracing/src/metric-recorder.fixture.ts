import type { Meter } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';

type Point = { readonly attributes: object; readonly sum: number; readonly count?: number };

export type MetricRecorder = {
  readonly meter: Meter;
  /** The points of one metric, as they were exported. */
  readonly collect: (name: string) => Promise<readonly Point[]>;
};

/** The real SDK, with the metrics kept in memory. */
export function recordMetrics(): MetricRecorder {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  return {
    meter: provider.getMeter('test'),
    collect: async (name) => {
      exporter.reset();
      await provider.forceFlush();
      const metrics = exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
      const points: Point[] = [];
      for (const metric of metrics.filter(({ descriptor }) => descriptor.name === name)) {
        for (const { attributes, value } of metric.dataPoints) {
          if (typeof value === 'number') points.push({ attributes, sum: value });
          else points.push({ attributes, sum: value.sum ?? 0, count: value.count });
        }
      }
      return points;
    },
  };
}
