import { z } from 'zod';
import { StoredSpan } from '../wire.ts';
import type { IncomingSpan } from './incoming.ts';
import { key } from './key.ts';
import { spanFacts, type SpanFacts } from './span-facts.ts';

/** A line for the table `spans`, and what it is made of. */
export type SpanRow = {
  readonly span: IncomingSpan;
  readonly facts: SpanFacts;
  readonly isNamed: boolean;
  /** The span as it is sent, without its cursor. */
  readonly json: string;
};

export function toSpanRow(incoming: IncomingSpan): SpanRow {
  const span = { ...incoming, traceId: key(incoming.traceId), id: key(incoming.id) };
  return { span, facts: spanFacts(span), isNamed: said(span.name) !== undefined, json: encode(span) };
}

/** A line as it comes out of the table. */
const StoredRow = z.object({ named: z.number(), json: z.string() });

const StoredJson = StoredSpan.omit({ cursor: true });

/** The span that was stored, as it had come. */
export function fromStoredRow(row: unknown): IncomingSpan {
  const { named, json } = StoredRow.parse(row);
  const { name, ...span } = StoredJson.parse(JSON.parse(json));
  return { type: 'span', ...span, ...(named === 1 && { name }) };
}

function encode(span: IncomingSpan): string {
  return JSON.stringify({
    traceId: span.traceId,
    id: span.id,
    parentId: said(span.parentId),
    name: said(span.name) ?? said(span.kind) ?? 'span',
    kind: said(span.kind),
    start: span.start,
    end: span.end,
    status: span.status,
    statusMessage: said(span.statusMessage),
    service: said(span.service),
    attrs: span.attrs,
    links: span.links?.length
      ? span.links.map(({ traceId, spanId }) => ({ traceId, spanId, id: spanId }))
      : undefined,
    source: span.source,
  });
}

function said(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
