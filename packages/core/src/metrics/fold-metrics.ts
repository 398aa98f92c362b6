import { addMetrics, noMetrics } from './metrics-row.ts';
import type { Metrics, MetricsRow } from './metrics-row.ts';

/** The ledger, added up. */
export type MetricsReport = {
  readonly total: Metrics;
  readonly bySession: ReadonlyMap<string, Metrics>;
  /** By day in UTC, `2026-11-21`. */
  readonly byDay: ReadonlyMap<string, Metrics>;
};

/** Adds the lines of a ledger up, for each session and for each day. */
export async function foldMetrics(
  rows: AsyncIterable<MetricsRow> | Iterable<MetricsRow>,
): Promise<MetricsReport> {
  let total = noMetrics;
  const bySession = new Map<string, Metrics>();
  const byDay = new Map<string, Metrics>();
  for await (const row of rows) {
    total = addMetrics(total, row);
    bySession.set(row.session_id, addMetrics(bySession.get(row.session_id) ?? noMetrics, row));
    byDay.set(row.day, addMetrics(byDay.get(row.day) ?? noMetrics, row));
  }
  return { total, bySession, byDay };
}
