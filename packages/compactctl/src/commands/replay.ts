import { basename, resolve } from 'node:path';
import type { ReplayTrace } from 'clew';
import type { Command } from '../command.ts';
import { loadPolicy, policyFlags } from '../load-policy.ts';
import { parseCondition } from '../replay/fail-if.ts';
import { paretoFront } from '../replay/pareto.ts';
import { startOf } from '../replay/recorded-calls.ts';
import { recordedBehaviour } from '../replay/recorded-behaviour.ts';
import { replaySession } from '../replay/replay-session.ts';
import { traceFor } from '../replay/trace-for.ts';
import { replayText } from '../replay/replay-text.ts';
import type { RecordedRow, ReplayRow } from '../replay/replay-text.ts';
import { readSession } from '../sessions/read-session.ts';
import type { Terminal } from '../terminal.ts';

export const replay: Command = {
  name: 'replay',
  arguments: ['SESSION'],
  isRepeatable: true,
  summary: 'Runs recorded sessions through one or several policies, call by call, and compares them.',
  about:
    'Each --policy is a configuration file; without one, the policy is that of compact.yaml. The behaviour of the agent\nis held constant: what it would have done with another context, nobody knows, and what it would have read again is\nnot counted. Retention is told with hindsight: of the paths and URLs that the agent named later, the share that it\ncould still read. A star marks the policies that no other beats in cost and in retention. A cost is\nthat of the recorded calls, at `prices` of the configuration, else at those that the recording was billed at.',
  flags: {
    policy: {
      type: 'string',
      value: 'FILE',
      isRepeatable: true,
      help: 'A configuration file to compare; may be given often.',
    },
    window: policyFlags['window'] ?? { type: 'string', help: 'The context window in tokens.' },
    'fail-if': {
      type: 'string',
      value: 'CONDITION',
      isRepeatable: true,
      help: "Exit code 1 where it holds of any: 'retention<0.95', 'over_budget>0'; may be given often.",
    },
    to: {
      type: 'string',
      value: 'URL',
      help: 'Send the spans there: the /ingest of Ariadne or of `compactctl view`, or an OTLP/HTTP endpoint.',
    },
    json: { type: 'boolean', help: 'Print the rows as JSON.' },
  },
  examples: [
    ['compactctl replay session.jsonl --window 64000', 'How would the policy have done?'],
    [
      "compactctl replay *.jsonl --policy a.yaml --policy b.yaml --fail-if 'retention<0.95'",
      'Compare two policies, in CI.',
    ],
  ],
  async run(paths, flags, terminal) {
    const conditions = listOf(flags['fail-if']).map((text) => [text, parseCondition(text)] as const);
    const policies = listOf(flags['policy']);
    const settings = await Promise.all(
      (policies.length === 0 ? [undefined] : policies).map(async (file) => ({
        name: file === undefined ? 'default' : basename(file),
        setting: await loadPolicy({ window: flags['window'], config: file }, terminal),
      })),
    );
    const trace = await traceFor(flags['to'], terminal);
    const rows: ReplayRow[] = [];
    const recordings: RecordedRow[] = [];
    for (const path of paths) {
      const recording = await readSession(resolve(terminal.directory, path));
      for (const problem of recording.problems) terminal.error(problem);
      const session = basename(path);
      const behaviour = recordedBehaviour(recording, settings[0]?.setting.prices);
      if (behaviour !== undefined) recordings.push({ session, ...behaviour });
      for (const { name, setting } of settings) {
        const sessionId = `${session}, ${name}`;
        const replayed = () => replaySession(recording, setting, { sessionId, ...(trace && { trace }) });
        const found = await (trace === undefined
          ? replayed()
          : trace.session(sessionId, startOf(recording), replayed));
        rows.push({ session, policy: name, ...found });
      }
    }
    const isDelivered = trace === undefined || (await sent(trace, String(flags['to']), terminal));
    const best = new Set(
      paths.flatMap((path) => paretoFront(rows.filter(({ session }) => session === basename(path)))),
    );
    const failed = rows.flatMap((row) =>
      conditions.filter(([, holds]) => holds(row)).map(([text]) => `${row.session}, ${row.policy}: ${text}`),
    );
    const report = {
      behaviour: 'held constant',
      rows: rows.map((row) => ({ ...row, isBest: best.has(row) })),
      recorded: recordings,
      failed,
    };
    terminal.out(
      flags['json'] === true ? JSON.stringify(report, null, 2) : replayText(rows, recordings, best),
    );
    for (const failure of failed) terminal.error(`failed: ${failure}`);
    return failed.length > 0 || !isDelivered ? 1 : 0;
  },
};

async function sent(trace: ReplayTrace, to: string, terminal: Terminal): Promise<boolean> {
  const { emitted, delivered } = await trace.close();
  terminal.error(`${delivered} of ${emitted} spans were delivered to ${to}`);
  return delivered === emitted;
}

function listOf(value: string | boolean | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
}
