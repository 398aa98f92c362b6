import type { Meter } from '@opentelemetry/api';
import type { BreakerState } from './delivery/breaker.ts';
import type { SinkStats } from './delivery/sink-stats.ts';

export type SelfMetricsOptions = {
  readonly meter: Meter;
  /** `otel.component.type`, such as `otlp_http_span_exporter`. */
  readonly type: string;
  readonly stats: () => SinkStats;
  readonly breaker?: (() => BreakerState) | undefined;
};

/** How a sink is, by the names that OpenTelemetry publishes for it (`otel.sdk.*`); what they lack, as `clew.exporter.*`. */
export type SelfMetrics = {
  /** One request was answered, or was not. `outcome` is `delivered` where all was well. */
  readonly attempted: (outcome: string, millis: number) => void;
  readonly stop: () => void;
};

const breakerNumbers: Readonly<Record<BreakerState, number>> = { closed: 0, half_open: 1, open: 2 };

export function startSelfMetrics({ meter, type, stats, breaker }: SelfMetricsOptions): SelfMetrics {
  const component = { 'otel.component.type': type, 'otel.component.name': `${type}/${stats().name}` };
  const size = meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.size', { unit: '{span}' });
  const exported = meter.createObservableCounter('otel.sdk.exporter.span.exported', { unit: '{span}' });
  const bytes = meter.createObservableGauge('clew.exporter.queue.bytes', { unit: 'By' });
  const state = meter.createObservableGauge('clew.exporter.breaker.state', {
    description: '0 closed, 1 half open, 2 open',
  });
  const duration = meter.createHistogram('otel.sdk.exporter.operation.duration', { unit: 's' });

  const observed = [size, exported, bytes, state];
  const observe: Parameters<Meter['addBatchObservableCallback']>[0] = (result) => {
    const now = stats();
    result.observe(size, now.pending, component);
    result.observe(bytes, now.pendingBytes, component);
    result.observe(exported, now.delivered, component);
    for (const [reason, count] of Object.entries(now.dropped)) {
      result.observe(exported, count, { ...component, 'error.type': reason });
    }
    if (breaker !== undefined) {
      result.observe(state, breakerNumbers[breaker()], component);
    }
  };
  meter.addBatchObservableCallback(observe, observed);
  return {
    attempted: (outcome, millis) =>
      duration.record(
        millis / 1000,
        outcome === 'delivered' ? component : { ...component, 'error.type': outcome },
      ),
    stop: () => meter.removeBatchObservableCallback(observe, observed),
  };
}
