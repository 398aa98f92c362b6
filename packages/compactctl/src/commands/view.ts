import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { viewerRoot } from '@clew/app-viewer/root';
import { createHost, HostError, openSource, type TraceSource } from '@clew/host';
import type { Command } from '../command.ts';
import { hostFlags, hostOptions } from '../host-flags.ts';
import { UsageError } from '../usage-error.ts';
import { wholeNumber } from '../whole-number.ts';

export const view: Command = {
  name: 'view',
  arguments: [],
  summary: 'Starts the host and the viewer: point your exporters at its /ingest or /v1/traces.',
  flags: {
    ...hostFlags,
    port: { type: 'string', value: 'N', help: 'The port, 5175 by default.' },
    database: {
      type: 'string',
      value: 'FILE',
      help: 'The SQLite file to keep spans in; in memory by default.',
    },
    clickhouse: {
      type: 'string',
      value: 'URL',
      help: 'Write spans that have ended there as well, such as clickhouse://host:8123/otel.',
    },
    source: {
      type: 'string',
      value: 'URL',
      help: 'Where sessions are read instead, such as clickhouse://host:8123/otel or jaeger+http://host:16686.',
    },
    json: { type: 'boolean', help: 'Print where it is as JSON.' },
  },
  async run(_, flags, terminal) {
    const database = typeof flags['database'] === 'string' ? flags['database'] : ':memory:';
    const port = wholeNumber('port', flags['port']) ?? 5175;
    const source = typeof flags['source'] === 'string' ? open(flags['source']) : undefined;
    const root = fileURLToPath(viewerRoot);
    const isBuilt = existsSync(root);
    if (!isBuilt)
      terminal.error('The viewer is not built, so only the host answers: run `pnpm build` first.');
    const host = await createHost({
      ...hostOptions(flags, terminal),
      port,
      database,
      ...(source && { source }),
      ...(typeof flags['clickhouse'] === 'string' && { clickhouse: flags['clickhouse'] }),
      ...(isBuilt ? { viewerRoot: root } : {}),
    });
    const from = source === undefined ? '' : ` It reads sessions from ${source.name}.`;
    const at = `The viewer is at ${host.url} (Ctrl-C to stop).${from}`;
    terminal.out(flags['json'] === true ? JSON.stringify({ url: host.url, source: source?.name }) : at);
    await terminal.stopped();
    await host.close();
    return 0;
  },
};

function open(address: string): TraceSource {
  try {
    return openSource(address);
  } catch (error) {
    if (HostError.isInstance(error)) throw new UsageError(`--source: ${error.message}`);
    throw error;
  }
}
