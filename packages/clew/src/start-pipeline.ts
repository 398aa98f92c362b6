import { drainAtExit, droppedCount, startTracing } from '@clew/exporters';
import type { SinkLog, StartTracingOptions, Tracing } from '@clew/exporters';
import { createRedactor } from '@clew/redaction';
import type { Redactor } from '@clew/redaction';
import type { ContentOptions } from '@clew/tracing';
import type { ClewOptions } from './clew-options.ts';
import type { ConfigFile } from './config.ts';
import { answersHealthz, settleTelemetry } from './settle-telemetry.ts';
import { sinksOf } from './sinks-of.ts';
import { warnUnredacted } from './warn-unredacted.ts';

/** Spans, over all sinks: `emitted = delivered + dropped + pending + spooled`. */
export type DeliveryStats = {
  readonly emitted: number;
  readonly delivered: number;
  readonly dropped: number;
  readonly pending: number;
  /** Left on disk at the shutdown, for the next process. */
  readonly spooled: number;
};

/** From a span that ends to the sinks that a configuration names, redacted on the way. */
export type Pipeline = {
  readonly tracing: Tracing;
  readonly redactor: Redactor;
  /** What may leave, for whoever writes content into a span. */
  readonly content: ContentOptions;
  readonly log: SinkLog;
  readonly stats: () => DeliveryStats;
  readonly shutdown: () => Promise<void>;
};

/** One line, and only of trouble: an application's output is its own. */
const toStderr: SinkLog = (level, text) => {
  if (level !== 'info') process.stderr.write(`${text}\n`);
};

export async function startPipeline(
  options: Pick<ClewOptions, 'redaction' | 'log' | 'meter' | 'sinks' | 'drainOn' | 'environment'>,
  config: ConfigFile,
  tracingOptions: Pick<StartTracingOptions, 'idGenerator' | 'contextManager'> = {},
): Promise<Pipeline> {
  const { log = toStderr, meter, environment = process.env } = options;
  const { custom } = options.redaction ?? {};
  const redactor = createRedactor({ ...config.redaction, ...(custom !== undefined && { custom }) });
  const telemetry = await settleTelemetry(config.telemetry, { environment, answers: answersHealthz });
  const sinks = [...sinksOf(telemetry, { log, meter, environment }), ...(options.sinks ?? [])];
  const serviceName = telemetry.service_name;
  const tracing = startTracing({ serviceName, sinks, redactor, ...tracingOptions });
  const leaveAtExit = drainAtExit(tracing.processor, { log, signals: options.drainOn ?? [] });
  if (!config.redaction.enabled) warnUnredacted(tracing.tracer('@clew/core'), log);
  return {
    tracing,
    redactor,
    content: { capture: config.telemetry.capture, redact: (text) => redactor.text(text) },
    log,
    stats: () => statsOf(tracing),
    shutdown: async () => {
      await tracing.shutdown();
      leaveAtExit();
    },
  };
}

function statsOf({ processor }: Tracing): DeliveryStats {
  const all = processor.stats();
  const sum = (read: (sink: (typeof all)[number]) => number) =>
    all.reduce((total, sink) => total + read(sink), 0);
  return {
    emitted: sum(({ emitted }) => emitted),
    delivered: sum(({ delivered }) => delivered),
    dropped: sum(droppedCount),
    pending: sum(({ pending }) => pending),
    spooled: sum(({ spooled }) => spooled),
  };
}
