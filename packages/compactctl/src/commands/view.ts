import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { viewerRoot } from '@clew/app-viewer/root';
import { createHost } from '@clew/host';
import type { Command } from '../command.ts';
import { wholeNumber } from '../whole-number.ts';

export const view: Command = {
  name: 'view',
  arguments: [],
  summary: 'Starts the host and the viewer: point your exporters at its /ingest or /v1/traces.',
  flags: {
    port: { type: 'string', help: 'The port, 5175 by default.' },
    database: { type: 'string', help: 'The SQLite file to keep spans in; in memory by default.' },
  },
  async run(_, flags, terminal) {
    const database = typeof flags['database'] === 'string' ? flags['database'] : ':memory:';
    const port = wholeNumber('port', flags['port']) ?? 5175;
    const root = fileURLToPath(viewerRoot);
    const isBuilt = existsSync(root);
    if (!isBuilt)
      terminal.error('The viewer is not built, so only the host answers: run `pnpm build` first.');
    const host = await createHost({ port, database, ...(isBuilt ? { viewerRoot: root } : {}) });
    terminal.out(`The viewer is at ${host.url} (Ctrl-C to stop).`);
    await terminal.stopped();
    await host.close();
    return 0;
  },
};
