import { basename, resolve } from 'node:path';
import type { Command } from '../command.ts';
import { startOf } from '../replay/recorded-calls.ts';
import { traceFor } from '../replay/trace-for.ts';
import { importSession } from '../replay/import-session.ts';
import { readSession } from '../sessions/read-session.ts';
import { UsageError } from '../usage-error.ts';

export const importSessions: Command = {
  name: 'import',
  arguments: ['SESSION'],
  isRepeatable: true,
  summary: 'Sends recorded sessions to a viewer as they happened: each call with its usage, at its time.',
  about:
    'Where the recorder had compacted, the next call says so; what it took away, it has not written down. `replay --to`\nshows what a policy of Clew would have done instead.',
  flags: {
    to: {
      type: 'string',
      value: 'URL',
      help: 'Where to: http://localhost:5175/ingest by default, or an OTLP/HTTP endpoint.',
    },
    json: { type: 'boolean', help: 'Print what was sent as JSON.' },
  },
  examples: [['compactctl import ~/.claude/projects/*/*.jsonl', 'See what your own sessions were like.']],
  async run(paths, flags, terminal) {
    const to = flags['to'] ?? 'http://localhost:5175/ingest';
    const trace = await traceFor(to, terminal);
    if (trace === undefined) throw new UsageError('--to expects a URL');
    const sent: { readonly session: string; readonly calls: number }[] = [];
    for (const path of paths) {
      const session = await readSession(resolve(terminal.directory, path));
      for (const problem of session.problems) terminal.error(problem);
      const name = basename(path);
      const calls = await trace.session(name, startOf(session), () =>
        Promise.resolve(importSession(session, name, trace)),
      );
      sent.push({ session: name, calls });
    }
    const { emitted, delivered } = await trace.close();
    const lines = sent.map(({ session, calls }) =>
      calls === 0
        ? `${session}: no usage was recorded, so there is nothing to show`
        : `${session}: ${calls} calls`,
    );
    terminal.out(
      flags['json'] === true
        ? JSON.stringify({ sessions: sent, emitted, delivered }, null, 2)
        : lines.join('\n'),
    );
    terminal.error(`${delivered} of ${emitted} spans were delivered to ${String(to)}`);
    return delivered === emitted ? 0 : 1;
  },
};
