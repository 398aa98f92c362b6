import type { Timing } from './timing.ts';

/** One measurement against the peer that does the same, where there is one, and what was asked for. */
export type Line = {
  readonly name: string;
  readonly ours: Timing | undefined;
  readonly peer?: { readonly name: string; readonly timing: Timing | undefined };
  readonly asked?: string;
};

const columns = ['what', 'ours', 'spread', 'peer', 'ratio', 'asked'] as const;

/** The lines as a table whose columns stand below each other: milliseconds, median, and from the least to p95. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [columns, columns.map(() => '---'), ...lines.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

function cellsOf({ name, ours, peer, asked = '' }: Line): readonly string[] {
  const spread = ours === undefined ? '' : `${millis(ours.minMillis)} to ${millis(ours.p95Millis)}`;
  const theirs = peer?.timing?.medianMillis;
  const ratio = ours === undefined || theirs === undefined ? '' : `${number(theirs / ours.medianMillis)} x`;
  return [
    name,
    millis(ours?.medianMillis),
    spread,
    peer === undefined ? '' : `${peer.name} ${millis(theirs)}`,
    ratio,
    asked,
  ];
}

function millis(value: number | undefined): string {
  return value === undefined ? '-' : value < 10 ? value.toFixed(3) : value.toFixed(1);
}

function number(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
