import { z } from 'zod';
import { collect } from '../collect.ts';
import { readPageCursor, writePageCursor } from '../page-of.ts';
import { polledSource, RECENT_MILLIS, type Backend, type BackendOptions } from '../polled-source.ts';
import type { SessionEntry } from '../session-query.ts';
import { sourceError } from '../source-error.ts';
import type { SourcePage, TraceSource } from '../trace-source.ts';
import type { AttributeColumn } from './attribute-sql.ts';
import type { ClickhouseAddress } from './clickhouse-address.ts';
import { createClickhouseClient, type ClickhouseClient, type Parameters } from './clickhouse-client.ts';
import { SpanRow, toSourceSpan } from './clickhouse-row.ts';
import { listSql } from './list-sql.ts';
import { probeSql, readSql, recentProbeSql, recentSql } from './read-sql.ts';

const PAGE_ROWS = 500;

/** Reads the tables that the OpenTelemetry Collector's ClickHouse exporter writes. */
export function createClickhouseSource({
  address,
  pollMillis,
  now,
}: BackendOptions<ClickhouseAddress>): TraceSource {
  const client = createClickhouseClient(address);
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

  const recent = (): Parameters => ({ since: now() - RECENT_MILLIS });

  const backend: Backend = {
    name: client.name,
    counts: 'exact',
    attributes: 'text',
    lookbackMillis: address.lookbackMillis,
    async list(query, signal) {
      const before = query.cursor === undefined ? undefined : readPageCursor(query.cursor);
      const after = before && { end: Math.round(before.end * 1000), id: before.id };
      const since = Math.floor(Math.min(query.from ?? Infinity, now() - address.lookbackMillis));
      const { sql, parameters } = listSql(await column(signal), query, { since, after });
      const rows = await collect(client.query(sql, parameters, signal));
      const sessions = rows.slice(0, query.limit).map((row) => toEntry(SessionRow.parse(row)));
      const last = sessions.at(-1);
      return { sessions, ...(rows.length > query.limit && last && { next: writePageCursor(last) }) };
    },
    async *read(id, signal) {
      yield* read(readSql(await column(signal)), { id }, signal);
    },
    recent: (signal) => read(recentSql(), recent(), signal),
    probe: async (session, signal) =>
      session === undefined
        ? mark(recentProbeSql(), recent(), signal)
        : mark(probeSql(await column(signal)), { id: session }, signal),
  };
  return polledSource(backend, pollMillis);
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
