import { FsMetricsStore, FsRunLog } from '@clew/archive';
import { MetricsLedger } from '@clew/core';
import type { RunLogOptions } from '@clew/core';
import type { SinkLog } from '@clew/exporters';
import type { Redactor } from '@clew/redaction';
import type { ClewOptions } from './clew-options.ts';
import type { ConfigFile } from './config.ts';

/** What is written down of sessions beside the archive, where the code or the configuration asks for it. */
export type Records = {
  readonly runLog: RunLogOptions | undefined;
  readonly metrics: MetricsLedger | undefined;
};

export function recordsOf(
  options: Pick<ClewOptions, 'runLog' | 'metricsStore'>,
  { storage, telemetry }: Pick<ConfigFile, 'storage' | 'telemetry'>,
  redactor: Redactor,
  log: SinkLog,
): Records {
  const { run_log_path: path, run_log_sync: sync, metrics_path: metricsPath, retention_days: days } = storage;
  const maxIdleMillis = days === undefined ? undefined : days * 24 * 3_600_000;
  const runLog =
    options.runLog ?? (path === undefined ? undefined : new FsRunLog({ path, sync, maxIdleMillis }));
  const store =
    options.metricsStore ??
    (metricsPath === undefined ? undefined : new FsMetricsStore({ path: metricsPath }));
  return {
    runLog: runLog && {
      log: runLog,
      content: contentOf(telemetry.capture, redactor),
      onError: warnOnce(log, 'The run log'),
    },
    metrics: store && new MetricsLedger({ store, onError: warnOnce(log, 'The metrics ledger') }),
  };
}

function contentOf(
  capture: ConfigFile['telemetry']['capture'],
  redactor: Redactor,
): (item: unknown) => unknown {
  switch (capture) {
    case 'none':
      return () => undefined;
    case 'redacted':
      return (item) => redactor.tree(item).value;
    case 'full':
      return (item) => item;
  }
}

/** A disk that is full stays so: one line, and not one for each call. */
function warnOnce(log: SinkLog, what: string): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (isTold) return;
    isTold = true;
    log(
      'warn',
      `clew: ${what} could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  };
}
