import type { Database } from 'libsql';
import { z } from 'zod';
import type { SpanPage, StoredSpan, TraceDetail, TraceSummary } from '../wire.ts';
import { endOfPage } from './page.ts';
import { SpanRow, fromSpanRow } from './span-row.ts';
import { TraceRow, fromTraceRow } from './trace-row.ts';

type TraceFilter = { readonly limit: number; readonly session?: string | undefined };
type SpanFilter = {
  readonly after: number;
  readonly limit: number;
  readonly session?: string | undefined;
};

type Counts = {
  readonly spans: number;
  readonly traces: number;
  /** Traces that a trace event has told of. */
  readonly traceEvents: number;
};

/** A page of spans ends before it holds more than this, whatever its limit. */
const PAGE_BYTES = 4 * 1024 * 1024;

export interface Queries {
  /** Newest first. */
  listTraces(filter: TraceFilter): readonly TraceSummary[];
  readTrace(traceId: string): TraceDetail | undefined;
  readSpans(filter: SpanFilter): SpanPage;
  counts(): Counts;
  /** The newest cursor handed out. */
  head(): number;
}

const SummaryRow = z.object({
  trace_id: z.string(),
  name: z.string().nullable(),
  started_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  spans: z.number(),
  errors: z.number(),
  compactions: z.number(),
});

const CountsRow = z.object({ spans: z.number(), traces: z.number(), traceEvents: z.number() });

export function createQueries(database: Database): Queries {
  // The newest traces are picked by index first; only theirs are the spans that are counted.
  const summaries = database.prepare(
    `SELECT t.trace_id,
            COALESCE(t.name, (SELECT COALESCE(name, kind) FROM spans WHERE trace_id = t.trace_id
                              ORDER BY parent_id IS NOT NULL, started_at IS NULL, started_at LIMIT 1)) AS name,
            COALESCE(t.started_at, MIN(s.started_at)) AS started_at,
            COALESCE(t.ended_at, MAX(s.ended_at)) AS ended_at,
            COUNT(s.trace_id) AS spans,
            COUNT(CASE WHEN s.status = 'error' THEN 1 END) AS errors,
            COALESCE(SUM(s.compaction), 0) AS compactions
     FROM (SELECT * FROM traces
           WHERE @session IS NULL OR trace_id IN (SELECT trace_id FROM spans WHERE session_id = @session)
           ORDER BY first_at DESC, trace_id LIMIT @limit) t
     LEFT JOIN spans s ON s.trace_id = t.trace_id
     GROUP BY t.trace_id ORDER BY t.first_at DESC, t.trace_id`,
  );
  const trace = database.prepare('SELECT * FROM traces WHERE trace_id = ?');
  const traceSpans = database.prepare(
    'SELECT * FROM spans WHERE trace_id = ? ORDER BY started_at IS NULL, started_at, cursor',
  );
  const everySpan = createPager(database, 'cursor > @after');
  const sessionSpans = createPager(database, 'session_id = @session AND cursor > @after');
  const counts = database.prepare(
    'SELECT (SELECT COUNT(*) FROM spans) AS spans, COUNT(*) AS traces, COUNT(cursor) AS traceEvents FROM traces',
  );
  const head = database.prepare('SELECT value FROM sequence');

  return {
    listTraces({ limit, session }) {
      const rows = summaries.all({ limit, session: session ?? null });
      return rows.map((row) => toSummary(SummaryRow.parse(row)));
    },
    readTrace(traceId) {
      const row = TraceRow.optional().parse(trace.get(traceId));
      return row && { trace: fromTraceRow(row), spans: traceSpans.all(traceId).map(toSpan) };
    },
    readSpans: (filter) => (filter.session === undefined ? everySpan(filter) : sessionSpans(filter)),
    counts: () => CountsRow.parse(counts.get()),
    head: () => z.object({ value: z.number() }).parse(head.get()).value,
  };
}

/** Pages of the spans that a condition selects, each bounded in bytes before it is loaded. */
function createPager(database: Database, condition: string): (filter: SpanFilter) => SpanPage {
  const sizes = database.prepare(
    `SELECT cursor, bytes FROM spans WHERE ${condition} ORDER BY cursor LIMIT @limit`,
  );
  const spans = database.prepare(
    `SELECT * FROM spans WHERE ${condition} AND cursor <= @upto ORDER BY cursor`,
  );

  return ({ after, limit, session }) => {
    const bound = session === undefined ? {} : { session };
    const upto = endOfPage(sizes.all({ after, limit, ...bound }), PAGE_BYTES) ?? after;
    return {
      spans: spans.all({ after, upto, ...bound }).map(toSpan),
      cursor: upto,
      more: sizes.all({ after: upto, limit: 1, ...bound }).length > 0,
    };
  };
}

function toSpan(row: unknown): StoredSpan {
  return fromSpanRow(SpanRow.parse(row));
}

function toSummary(row: z.infer<typeof SummaryRow>): TraceSummary {
  return {
    traceId: row.trace_id,
    ...(row.name !== null && { name: row.name }),
    ...(row.started_at !== null && { start: row.started_at }),
    ...(row.ended_at !== null && { end: row.ended_at }),
    spanCount: row.spans,
    errorCount: row.errors,
    compactionCount: row.compactions,
  };
}
