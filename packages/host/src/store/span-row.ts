import { z } from 'zod';
import type { SpanLink, StoredSpan } from '../wire.ts';
import type { IncomingSpan } from './incoming.ts';
import { column, sizeOf } from './column.ts';
import { isCompaction } from './is-compaction.ts';
import { sessionId } from './session-id.ts';

const text = z.string().nullable();
const Attrs = z.record(z.string(), z.unknown());
const Links = z.array(z.object({ traceId: z.string(), spanId: z.string() }));

/** A line of the table `spans`. `null` is what nobody has said yet. */
export const SpanRow = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  parent_id: text,
  name: text,
  kind: text,
  started_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  status: z.enum(['ok', 'error']).nullable(),
  status_message: text,
  service: text,
  attrs: text,
  links: text,
  source: z.enum(['ariadne', 'otlp']),
  session_id: text,
  compaction: z.number().nullable(),
  bytes: z.number(),
  cursor: z.number(),
});
export type SpanRow = z.infer<typeof SpanRow>;

export function toSpanRow(span: IncomingSpan, cursor: number): SpanRow {
  const hasAttrs = Object.keys(span.attrs).length > 0;
  return sized({
    trace_id: column(span.traceId) ?? '',
    span_id: column(span.id) ?? '',
    parent_id: column(span.parentId),
    name: column(span.name),
    kind: column(span.kind),
    started_at: span.start ?? null,
    ended_at: span.end ?? null,
    status: span.status ?? null,
    status_message: column(span.statusMessage),
    service: column(span.service),
    attrs: hasAttrs ? JSON.stringify(span.attrs) : null,
    links: span.links && span.links.length > 0 ? JSON.stringify(span.links) : null,
    source: span.source,
    session_id: column(sessionId(span.name, span.attrs)),
    compaction: hasAttrs ? Number(isCompaction(span.name, span.attrs)) : null,
    bytes: 0,
    cursor,
  });
}

/** The same row with its size counted anew. */
export function sized(row: SpanRow): SpanRow {
  return { ...row, bytes: sizeOf([row.attrs, row.links, row.name, row.status_message]) };
}

export function fromSpanRow(row: SpanRow): StoredSpan {
  return {
    traceId: row.trace_id,
    id: row.span_id,
    ...(row.parent_id !== null && { parentId: row.parent_id }),
    name: row.name ?? row.kind ?? 'span',
    ...(row.kind !== null && { kind: row.kind }),
    ...(row.started_at !== null && { start: row.started_at }),
    ...(row.ended_at !== null && { end: row.ended_at }),
    ...(row.status !== null && { status: row.status }),
    ...(row.status_message !== null && { statusMessage: row.status_message }),
    ...(row.service !== null && { service: row.service }),
    attrs: row.attrs === null ? {} : Attrs.parse(JSON.parse(row.attrs)),
    ...(row.links !== null && { links: readLinks(row.links) }),
    source: row.source,
    cursor: row.cursor,
  };
}

function readLinks(json: string): readonly SpanLink[] {
  return Links.parse(JSON.parse(json)).map(({ traceId, spanId }) => ({ traceId, spanId, id: spanId }));
}
