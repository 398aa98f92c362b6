import { basename, resolve } from 'node:path';
import type { Command } from '../command.ts';
import { loadPolicy, policyFlags } from '../load-policy.ts';
import { parseCondition } from '../replay/fail-if.ts';
import { paretoFront } from '../replay/pareto.ts';
import { replaySession } from '../replay/replay-session.ts';
import type { Replay } from '../replay/replay-session.ts';
import { readSession } from '../sessions/read-session.ts';

type Row = Replay & { readonly session: string; readonly policy: string };

export const replay: Command = {
  name: 'replay',
  arguments: ['SESSION'],
  isRepeatable: true,
  summary: 'Runs recorded sessions through one or several policies, call by call, and compares them.',
  about:
    'Each --policy is a configuration file; without one, the policy is that of compact.yaml. The behaviour of the agent\nis held constant: what it would have done with another context, nobody knows, and what it would have read again is\nnot counted. Retention is told with hindsight: of the paths and URLs that the agent named later, the share that it\ncould still read. A star marks the policies that no other beats in tokens and in retention.',
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
    const rows: Row[] = [];
    for (const path of paths) {
      const session = await readSession(resolve(terminal.directory, path));
      for (const problem of session.problems) terminal.error(problem);
      for (const { name, setting } of settings) {
        rows.push({ session: basename(path), policy: name, ...(await replaySession(session, setting)) });
      }
    }
    const best = new Set(
      paths.flatMap((path) => paretoFront(rows.filter(({ session }) => session === basename(path)))),
    );
    const failed = rows.flatMap((row) =>
      conditions.filter(([, holds]) => holds(row)).map(([text]) => `${row.session}, ${row.policy}: ${text}`),
    );
    terminal.out(
      flags['json'] === true
        ? JSON.stringify(
            {
              behaviour: 'held constant',
              rows: rows.map((row) => ({ ...row, isBest: best.has(row) })),
              failed,
            },
            null,
            2,
          )
        : tableOf(rows, best),
    );
    for (const failure of failed) terminal.error(`failed: ${failure}`);
    return failed.length > 0 ? 1 : 0;
  },
};

function listOf(value: string | boolean | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
}

function tableOf(rows: readonly Row[], best: ReadonlySet<Row>): string {
  const heads = [
    '',
    'session',
    'policy',
    'calls',
    'peak',
    'over budget',
    'compactions',
    'tokens sent',
    'cache epochs',
    'retention',
  ];
  const cells = rows.map((row) => [
    best.has(row) ? '*' : '',
    row.session,
    row.policy,
    row.calls,
    row.peakTokens,
    row.overBudgetCount,
    row.compactions,
    row.sentTokens,
    row.cacheEpochs,
    `${(row.retention * 100).toFixed(1)} % of ${row.needed}`,
  ]);
  const table = [heads, ...cells].map((line) => line.map(String));
  const widths = heads.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const text = table.map((line) =>
    line
      .map((cell, column) =>
        column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [...text, '', 'The behaviour of the agent is held constant.'].join('\n');
}
