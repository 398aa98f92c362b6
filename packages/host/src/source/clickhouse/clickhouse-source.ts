import { z } from 'zod';
import { collect } from '../collect.ts';
import { readPageCursor, writePageCursor } from '../page-of.ts';
import { poll } from '../poll.ts';
import type { SessionEntry, SessionPage, SessionQuery } from '../session-query.ts';
import { sourceError } from '../source-error.ts';
import type { FollowQuery, SourcePage, TraceSource } from '../trace-source.ts';
import type { AttributeColumn } from './attribute-sql.ts';
import type { ClickhouseAddress } from './clickhouse-address.ts';
import { createClickhouseClient, type ClickhouseClient, type Parameters } from './clickhouse-client.ts';
import { SpanRow, toSourceSpan } from './clickhouse-row.ts';
import { listSql } from './list-sql.ts';
import { probeSql, readSql, recentProbeSql, recentSql } from './read-sql.ts';

export type ClickhouseSourceOptions = {
  readonly address: ClickhouseAddress;
  /** How long to wait between two looks while following. */
  readonly pollMillis: number;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
};

const PAGE_ROWS = 500;
/** How long after its end a span may arrive and still be followed, where no session is named. */
const LATE_MILLIS = 15 * 60_000;

/** Reads the tables that the OpenTelemetry Collector's ClickHouse exporter writes. */
export function createClickhouseSource({ address, pollMillis, now }: ClickhouseSourceOptions): TraceSource {
  const client = createClickhouseClient(address);
  const closing = new AbortController();
  const column = once((signal) => attributeColumn(client, signal));

  async function* read(sql: string, parameters: Parameters, signal: AbortSignal): AsyncGenerator<SourcePage> {
    let spans = [];
    for await (const row of client.query(sql, parameters, signal)) {
      spans.push(toSourceSpan(SpanRow.parse(row)));
      if (spans.length < PAGE_ROWS) continue;
      yield { spans };
      spans = [];
    }
    if (spans.length > 0) yield { spans };
  }

  async function mark(sql: string, parameters: Parameters, signal: AbortSignal): Promise<string> {
    const [row] = await collect(client.query(sql, parameters, signal));
    return Mark.parse(row).mark;
  }

  return {
    name: client.name,
    capabilities: {
      follow: 'polled',
      filters: ['text', 'service', 'agent', 'model', 'compacted', 'from', 'to'],
      counts: 'exact',
      attributes: 'text',
      openSpans: false,
      lookbackMillis: address.lookbackMillis,
    },

    async listSessions(query: SessionQuery, signal: AbortSignal): Promise<SessionPage> {
      const before = query.cursor === undefined ? undefined : readPageCursor(query.cursor);
      const after = before && { end: Math.round(before.end * 1000), id: before.id };
      const since = Math.floor(Math.min(query.from ?? Infinity, now() - address.lookbackMillis));
      const { sql, parameters } = listSql(await column(signal), query, { since, after });
      const rows = await collect(client.query(sql, parameters, signal));
      const sessions = rows.slice(0, query.limit).map((row) => toEntry(SessionRow.parse(row)));
      const last = sessions.at(-1);
      return { sessions, ...(rows.length > query.limit && last && { next: writePageCursor(last) }) };
    },

    async *readSession(id: string, signal: AbortSignal): AsyncGenerator<SourcePage> {
      yield* read(readSql(await column(signal)), { id }, signal);
    },

    async *follow({ session }: FollowQuery, signal: AbortSignal): AsyncGenerator<SourcePage> {
      const kind = await column(signal);
      const recent = (): Parameters => ({ since: now() - LATE_MILLIS });
      yield* poll(
        {
          probe: (either) =>
            session === undefined
              ? mark(recentProbeSql(), recent(), either)
              : mark(probeSql(kind), { id: session }, either),
          look: (either) =>
            session === undefined
              ? read(recentSql(), recent(), either)
              : read(readSql(kind), { id: session }, either),
          intervalMillis: pollMillis,
          closed: closing.signal,
        },
        signal,
      );
    },

    async close(): Promise<void> {
      closing.abort(sourceError('source_unreachable', `${client.name} was closed here.`));
      return Promise.resolve();
    },
  };
}

const Mark = z.object({ mark: z.string() });
const ColumnRow = z.object({ type: z.string() });
const Names = z.array(z.string());
const SessionRow = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string(),
  end: z.string(),
  spans: z.string(),
  errors: z.string(),
  cuts: z.string(),
  services: Names,
  agents: Names,
  models: Names,
});

function toEntry({
  id,
  name,
  start,
  end,
  spans,
  errors,
  cuts,
  ...names
}: z.infer<typeof SessionRow>): SessionEntry {
  return {
    id,
    ...(name !== '' && { name }),
    start: Number(start) / 1000,
    end: Number(end) / 1000,
    spanCount: Number(spans),
    errorCount: Number(errors),
    compactionCount: Number(cuts),
    ...names,
  };
}

/** How the table keeps attributes; rejects where there is no such table. */
async function attributeColumn(client: ClickhouseClient, signal: AbortSignal): Promise<AttributeColumn> {
  const sql = `SELECT type FROM system.columns
WHERE database = {database:String} AND table = {table:String} AND name = 'SpanAttributes'`;
  const [row] = await collect(client.query(sql, {}, signal));
  if (row !== undefined) return ColumnRow.parse(row).type.startsWith('JSON') ? 'json' : 'map';
  throw sourceError(
    'source_answer',
    `Expected in ${client.name} the table that the OpenTelemetry Collector's ClickHouse exporter makes, but found no such table with a column SpanAttributes. Name the database in the path of the address and the table with ?table=.`,
  );
}

/** Asks once; where that fails, the next call asks again. */
function once<TValue>(
  ask: (signal: AbortSignal) => Promise<TValue>,
): (signal: AbortSignal) => Promise<TValue> {
  let known: TValue | undefined;
  return async (signal) => {
    signal.throwIfAborted();
    return (known ??= await ask(signal));
  };
}
