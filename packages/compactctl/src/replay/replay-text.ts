import type { RecordedBehaviour } from './recorded-behaviour.ts';
import type { Replay } from './replay-session.ts';

export type ReplayRow = Replay & { readonly session: string; readonly policy: string };

export type RecordedRow = RecordedBehaviour & { readonly session: string };

/** The rows as a table, the best marked by a star, and beneath it what is known of the recordings themselves. */
export function replayText(
  rows: readonly ReplayRow[],
  recordings: readonly RecordedRow[],
  best: ReadonlySet<ReplayRow>,
): string {
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
    'cost',
  ];
  const cells = rows.map((row) => [
    best.has(row) ? '*' : '',
    row.session,
    row.policy,
    counted(row.calls),
    counted(row.peakTokens),
    counted(row.overBudgetCount),
    counted(row.compactions),
    counted(row.sentTokens),
    counted(row.cacheEpochs),
    `${(row.retention * 100).toFixed(1)} % of ${row.needed}`,
    row.cost === undefined ? 'not known' : money(row.cost.amount, row.cost.currency),
  ]);
  const table = [heads, ...cells];
  const widths = heads.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const lines = table.map((line) =>
    line
      .map((cell, column) => padded(cell, column, widths))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', ...recordings.map(recordedText), ...heldConstant].join('\n');
}

const heldConstant = [
  'The behaviour of the agent is held constant: its calls, its answers and when its cache had forgotten are as recorded.',
  'What it would have read again is not counted, and no summariser is paid: a cost is a lower bound.',
];

function recordedText({ session, calls, peakTokens, sentTokens, ...row }: RecordedRow): string {
  const what = `${session} as recorded: ${counted(calls)} calls, peak ${counted(peakTokens)}, ${counted(sentTokens)} tokens`;
  const { currency = 'USD', bill, modelled, error } = row;
  if (bill === undefined) return `${what}; no price is known of its model.`;
  if (modelled === undefined || error === undefined) return `${what}, ${money(bill, currency)}.`;
  const off = `${error < 0 ? '−' : '+'}${Math.abs(error * 100).toFixed(2)} %`;
  return `${what}, ${money(bill, currency)}; the cost model gives ${money(modelled, currency)} (${off}).`;
}

/** The first three columns are words. */
function padded(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column < 3 ? cell.padEnd(width) : cell.padStart(width);
}

function counted(count: number): string {
  return count.toLocaleString('en');
}

function money(amount: number, currency: string): string {
  return amount.toLocaleString('en', { style: 'currency', currency });
}
