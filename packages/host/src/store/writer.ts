import type { Database } from 'libsql';
import { z } from 'zod';
import type { Incoming } from './incoming.ts';
import { mergeRows } from './merge-rows.ts';
import { SpanRow, sized, toSpanRow } from './span-row.ts';
import { TraceRow, toTraceRow } from './trace-row.ts';

/** Writes a request in one transaction: when it returns, everything is committed; when it throws, nothing is. */
export type Writer = (batch: readonly Incoming[]) => void;

export function createWriter(database: Database, now: () => number): Writer {
  const takeCursors = database.prepare('UPDATE sequence SET value = value + ? RETURNING value');
  const findSpan = database.prepare('SELECT * FROM spans WHERE trace_id = ? AND span_id = ?');
  const putSpan = upsert(database, 'spans', Object.keys(SpanRow.shape), ['trace_id', 'span_id']);
  const findTrace = database.prepare('SELECT * FROM traces WHERE trace_id = ?');
  const putTrace = upsert(database, 'traces', Object.keys(TraceRow.shape), ['trace_id']);
  const touchTrace = database.prepare(
    `INSERT INTO traces (trace_id, bytes, first_at) VALUES (?, 0, ?)
     ON CONFLICT (trace_id) DO UPDATE SET first_at = min(first_at, excluded.first_at)`,
  );

  const write = database.transaction((batch: readonly Incoming[]) => {
    const receivedAt = now();
    const last = z.object({ value: z.number() }).parse(takeCursors.get(batch.length)).value;
    for (const [index, item] of batch.entries()) {
      const cursor = last - batch.length + index + 1;
      if (item.type === 'span') writeSpan(toSpanRow(item, cursor), receivedAt);
      else writeTrace(toTraceRow(item, cursor, receivedAt));
    }
  });

  function writeSpan(row: SpanRow, receivedAt: number): void {
    const before = SpanRow.optional().parse(findSpan.get(row.trace_id, row.span_id));
    putSpan.run(before === undefined ? row : { ...sized(mergeRows(before, row)), cursor: row.cursor });
    touchTrace.run(row.trace_id, row.started_at ?? receivedAt);
  }

  function writeTrace(row: TraceRow): void {
    const before = TraceRow.optional().parse(findTrace.get(row.trace_id));
    const firstAt = Math.min(row.first_at, before?.first_at ?? Infinity);
    putTrace.run(
      before === undefined ? row : { ...mergeRows(before, row), cursor: row.cursor, first_at: firstAt },
    );
  }

  return (batch) => {
    if (batch.length > 0) write.immediate(batch);
  };
}

function upsert(database: Database, table: string, columns: readonly string[], key: readonly string[]) {
  const assignments = columns
    .filter((name) => !key.includes(name))
    .map((name) => `${name} = excluded.${name}`);
  return database.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments.join(', ')}`,
  );
}
