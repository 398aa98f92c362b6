import { loadConfig, traceReplay } from 'clew';
import type { ReplayTrace } from 'clew';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What `--to` asks for; nothing where it was not given. @throws UsageError where it is no address */
export async function traceFor(to: unknown, terminal: Terminal): Promise<ReplayTrace | undefined> {
  const { directory, environment } = terminal;
  if (typeof to !== 'string') return undefined;
  if (!URL.canParse(to) || !/^https?:/u.test(to)) {
    throw new UsageError(`--to expects a URL as http://localhost:5175/ingest, got '${to}'`);
  }
  const config = await loadConfig({ directory, environment });
  return traceReplay({ url: to, config, log: (level, text) => level !== 'info' && terminal.error(text) });
}
