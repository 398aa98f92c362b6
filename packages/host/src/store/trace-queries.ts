import type { Database } from 'libsql';
import { z } from 'zod';
import { StoredSpan, type StoredTrace, type TraceDetail, type TraceSummary } from '../wire.ts';
import { key } from './key.ts';
import { parseDigest } from './digest.ts';
import { decodeTrace, TraceRow } from './trace-row.ts';

type TraceFilter = { readonly limit: number; readonly session?: string | undefined };

export interface TraceQueries {
  /** Newest first. */
  listTraces(filter: TraceFilter): readonly TraceSummary[];
  readTrace(traceId: string): TraceDetail | undefined;
  readSpan(traceId: string, id: string): StoredSpan | undefined;
  /** What trace events have said of the traces of a session. */
  tracesOf(session: string): readonly StoredTrace[];
}

const SpanLine = z.object({ cursor: z.number(), json: z.string() });

export function createTraceQueries(database: Database): TraceQueries {
  const newest = database.prepare('SELECT * FROM traces ORDER BY first_at DESC, trace_id LIMIT ?');
  const newestOf = database.prepare(
    `SELECT t.* FROM members m JOIN traces t ON t.trace_id = m.trace_id
     WHERE m.session_id = ? AND m.implied = 0 ORDER BY t.first_at DESC, t.trace_id LIMIT ?`,
  );
  const trace = database.prepare('SELECT * FROM traces WHERE trace_id = ?');
  const spans = database.prepare('SELECT cursor, json FROM spans WHERE trace_id = ?');
  const span = database.prepare('SELECT cursor, json FROM spans WHERE trace_id = ? AND span_id = ?');
  const told = database.prepare(
    `SELECT t.* FROM members m JOIN traces t ON t.trace_id = m.trace_id
     WHERE m.session_id = ? AND t.json IS NOT NULL`,
  );

  return {
    listTraces({ limit, session }) {
      const rows = session === undefined ? newest.all(limit) : newestOf.all(key(session), limit);
      return TraceRow.array().parse(rows).map(toSummary);
    },
    readTrace(traceId) {
      const row = TraceRow.optional().parse(trace.get(key(traceId)));
      return row && { trace: toTrace(row), spans: spans.all(key(traceId)).map(toSpan).toSorted(byStart) };
    },
    readSpan(traceId, id) {
      const row = span.get(key(traceId), key(id));
      return row === undefined ? undefined : toSpan(row);
    },
    tracesOf: (session) =>
      TraceRow.array()
        .parse(told.all(key(session)))
        .map(toTrace),
  };
}

function toSpan(row: unknown): StoredSpan {
  const { cursor, json } = SpanLine.parse(row);
  return StoredSpan.parse({ ...Object(JSON.parse(json)), cursor });
}

function toTrace(row: TraceRow): StoredTrace {
  return row.json === null ? { traceId: row.trace_id } : decodeTrace(row.json);
}

/** Those that nobody has given a start come last. */
function byStart(a: StoredSpan, b: StoredSpan): number {
  return (a.start ?? Infinity) - (b.start ?? Infinity) || a.cursor - b.cursor;
}

function toSummary(row: TraceRow): TraceSummary {
  const digest = parseDigest(row.digest);
  const told = toTrace(row);
  const name = told.name ?? digest.title?.text;
  const start = told.start ?? digest.start;
  const end = told.end ?? digest.ended;
  return {
    traceId: row.trace_id,
    ...(name !== undefined && { name }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    spanCount: digest.spans,
    errorCount: digest.errors,
    compactionCount: digest.compactions,
  };
}
