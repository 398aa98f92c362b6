import { droppedCount, startTracing } from '@clew/exporters';
import type { SinkLog } from '@clew/exporters';
import type { ConfigFile } from './config.ts';
import { answersHealthz, settleTelemetry } from './settle-telemetry.ts';
import { sinksOf } from './sinks-of.ts';

/** What became of a real span on one of the configured ways. */
export type DeliveryProbe = {
  /** `ariadne`, `otlp`, `console`, … as in `telemetry.exporter`. */
  readonly exporter: string;
  /** Where it was sent, where that is an address or a file. */
  readonly target?: string;
  readonly isDelivered: boolean;
  /** What the sink said of trouble. */
  readonly messages: readonly string[];
  /** By which a reader can find the span. */
  readonly traceId: string;
};

export type ProbeDeliveryOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long one span may take, in milliseconds. Default 5,000. */
  readonly timeoutMillis?: number;
};

/** Sends one real span along each way that a configuration names. Nothing is spooled: it arrives now, or it does not. */
export async function probeDelivery(
  config: ConfigFile,
  { environment, timeoutMillis = 5000 }: ProbeDeliveryOptions,
): Promise<readonly DeliveryProbe[]> {
  const telemetry = await settleTelemetry(config.telemetry, { environment, answers: answersHealthz });
  const probes: DeliveryProbe[] = [];
  for (const exporter of telemetry.exporter) {
    const messages: string[] = [];
    const log: SinkLog = (level, text) => void (level !== 'info' && messages.push(text));
    for (const sink of sinksOf({ ...telemetry, exporter: [exporter], spool: false }, { log, environment })) {
      const tracing = startTracing({ serviceName: telemetry.service_name, sinks: [sink] });
      const span = tracing.tracer('@clew/doctor').startSpan('compactctl doctor', { root: true });
      // A quiet console tells of what matters only, and this is to be seen.
      if (exporter === 'quiet') span.updateName('compact.warning');
      const { traceId } = span.spanContext();
      span.end();
      await sink.flush(AbortSignal.timeout(timeoutMillis));
      const stats = sink.stats();
      const target = targetOf(exporter, telemetry);
      probes.push({
        exporter: exporter === 'quiet' ? 'console (quiet)' : sink.name,
        ...(target === undefined ? {} : { target }),
        isDelivered: stats.delivered === stats.emitted && droppedCount(stats) === 0,
        messages,
        traceId,
      });
      await tracing.shutdown();
    }
  }
  return probes;
}

function targetOf(
  exporter: string,
  telemetry: Omit<ConfigFile['telemetry'], 'exporter'>,
): string | undefined {
  const { ariadne_url: ariadneUrl, otlp_url: otlpUrl, file_path: file } = telemetry;
  if (exporter === 'ariadne') return typeof ariadneUrl === 'string' ? ariadneUrl : ariadneUrl.join(', ');
  if (exporter === 'otlp') return otlpUrl ?? 'as OTEL_EXPORTER_OTLP_* say';
  return exporter === 'file' ? file : undefined;
}
