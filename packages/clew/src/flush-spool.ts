import type { SinkLog, SinkStats } from '@clew/exporters';
import { loadConfig } from './load-config.ts';
import type { LoadConfigInput } from './load-config.ts';
import { settleTelemetry } from './settle-telemetry.ts';
import { sinksOf } from './sinks-of.ts';

/**
 * Sends what processes that are gone left in the spool, each part to the address that it was meant for, and returns
 * what became of it. What lives still is left alone.
 *
 * @throws CompactError `invalid_options`, naming the field
 */
export async function flushSpool(
  input: LoadConfigInput,
  { signal, log = () => {} }: { readonly signal: AbortSignal; readonly log?: SinkLog },
): Promise<readonly SinkStats[]> {
  const config = await loadConfig(input);
  // Nobody needs to answer now for something to be left from before.
  const answers = () => Promise.resolve(true);
  const { environment } = input;
  const telemetry = await settleTelemetry(config.telemetry, { environment, answers });
  const sinks = sinksOf({ ...telemetry, spool: true }, { log, environment });
  await Promise.all(sinks.map((sink) => sink.flush(signal)));
  await Promise.all(sinks.map((sink) => sink.shutdown(signal)));
  return sinks.map((sink) => sink.stats());
}
