import type { Database } from 'libsql';
import { z } from 'zod';
import type { StoredTrace } from '../wire.ts';
import { BatchChanges } from './batch-changes.ts';
import { spanDelta, traceDelta } from './delta.ts';
import type { DigestKeeper } from './digest-keeper.ts';
import type { Incoming } from './incoming.ts';
import { merge } from './merge.ts';
import { fromStoredRow, type SpanRow, toSpanRow } from './span-row.ts';
import { decodeTrace, encodeTrace } from './trace-row.ts';

/** Writes a batch in one transaction: when it returns, everything is committed; when it throws, nothing is. */
export type Writer = (batch: readonly Incoming[]) => void;

const State = z.object({ cursor: z.number() });
const TraceJson = z.object({ json: z.string().nullable() });

export function createWriter(database: Database, keeper: DigestKeeper, now: () => number): Writer {
  const takeCursors = database.prepare('UPDATE state SET cursor = cursor + ? RETURNING cursor');
  const count = database.prepare(
    'UPDATE state SET spans = spans + ?, traces = traces + ?, trace_events = trace_events + ?',
  );
  const insertSpan = database.prepare(
    'INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace_id, span_id) DO NOTHING',
  );
  const findSpan = database.prepare('SELECT named, json FROM spans WHERE trace_id = ? AND span_id = ?');
  const replaceSpan = database.prepare(
    `UPDATE spans SET cursor = ?, named = ?, error = ?, compaction = ?, json = ?
     WHERE trace_id = ? AND span_id = ?`,
  );
  const findTrace = database.prepare('SELECT json FROM traces WHERE trace_id = ?');
  const putTrace = database.prepare('UPDATE traces SET cursor = ?, json = ? WHERE trace_id = ?');

  const write = database.transaction((batch: readonly Prepared[]) => {
    const first = State.parse(takeCursors.get(batch.length)).cursor - batch.length + 1;
    const changes = new BatchChanges();
    const told: [StoredTrace, number][] = [];
    for (const [index, item] of batch.entries()) {
      if ('span' in item) writeSpan(item, first + index, changes);
      else {
        changes.add(item.trace.traceId, traceDelta(item.trace), undefined);
        told.push([item.trace, first + index]);
      }
    }
    const traces = keeper.apply(changes, { cursor: first, receivedAt: now() });
    for (const [trace, cursor] of told) writeTrace(trace, cursor, changes);
    count.run(changes.spans, traces, changes.traceEvents);
  });

  function writeSpan(row: SpanRow, cursor: number, changes: BatchChanges): void {
    const { span, facts } = row;
    const flags = (of: SpanRow): number[] => [+of.isNamed, +of.facts.isError, +of.facts.isCompaction];
    if (insertSpan.run(cursor, span.traceId, span.id, ...flags(row), row.json).changes === 1) {
      changes.spans += 1;
      return changes.add(span.traceId, spanDelta(row), facts.session);
    }
    const before = toSpanRow(fromStoredRow(findSpan.get(span.traceId, span.id)));
    const merged = toSpanRow(merge(before.span, span));
    replaceSpan.run(cursor, ...flags(merged), merged.json, span.traceId, span.id);
    changes.add(span.traceId, spanDelta(merged, before.facts), merged.facts.session);
  }

  /** The row is there: the digest was written first. */
  function writeTrace(trace: StoredTrace, cursor: number, changes: BatchChanges): void {
    const { json } = TraceJson.parse(findTrace.get(trace.traceId));
    if (json === null) changes.traceEvents += 1;
    const merged = json === null ? trace : merge(decodeTrace(json), trace);
    putTrace.run(cursor, encodeTrace(merged), trace.traceId);
  }

  return (batch) => {
    if (batch.length > 0) write.immediate(batch.map(prepare));
  };
}

type Prepared = SpanRow | { readonly trace: StoredTrace };

/** What can be done before the transaction is begun. */
function prepare(item: Incoming): Prepared {
  if (item.type === 'span') return toSpanRow(item);
  return { trace: decodeTrace(encodeTrace(item)) };
}
