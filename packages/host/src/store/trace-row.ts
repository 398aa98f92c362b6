import { z } from 'zod';
import type { StoredTrace } from '../wire.ts';
import { column, sizeOf } from './column.ts';

const text = z.string().nullable();
const Metadata = z.record(z.string(), z.string());

/** A line of the table `traces`; without a cursor no trace event has come, only spans. */
export const TraceRow = z.object({
  trace_id: z.string(),
  name: text,
  group_id: text,
  started_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  metadata: text,
  bytes: z.number(),
  cursor: z.number().nullable(),
  first_at: z.number(),
});
export type TraceRow = z.infer<typeof TraceRow>;

export function toTraceRow(trace: StoredTrace, cursor: number, receivedAt: number): TraceRow {
  const metadata = trace.metadata ?? {};
  return {
    trace_id: column(trace.traceId) ?? '',
    name: column(trace.name),
    group_id: column(trace.groupId),
    started_at: trace.start ?? null,
    ended_at: trace.end ?? null,
    metadata: Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null,
    bytes: sizeOf([trace.name ?? null, JSON.stringify(metadata)]),
    cursor,
    first_at: trace.start ?? receivedAt,
  };
}

export function fromTraceRow(row: TraceRow): StoredTrace {
  return {
    traceId: row.trace_id,
    ...(row.name !== null && { name: row.name }),
    ...(row.group_id !== null && { groupId: row.group_id }),
    ...(row.started_at !== null && { start: row.started_at }),
    ...(row.ended_at !== null && { end: row.ended_at }),
    ...(row.metadata !== null && { metadata: Metadata.parse(JSON.parse(row.metadata)) }),
  };
}
