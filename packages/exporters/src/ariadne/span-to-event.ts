import { parentOf, scopeOf } from '../span-shape.ts';
import { fromAttributes, isRecordName, toAriadneData } from '@clew/semconv';
import type { RecordName } from '@clew/semconv';
import { SpanStatusCode } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { SpanEvent } from './ariadne-event.ts';
import { contentOf } from './span-content.ts';
import { kindOf } from './span-kind.ts';
import { sentenceOf } from './span-sentence.ts';
import { eventTimes, timestampOf } from './timestamp.ts';

type Data = Readonly<Record<string, unknown>>;

/** Ariadne cuts names itself, at 1,024 characters. */
const maxNameLength = 1000;

/** A finished span as one event. */
export function spanToEvent(span: ReadableSpan): SpanEvent {
  const { traceId, spanId } = span.spanContext();
  const parentId = parentOf(span)?.spanId;
  const kind = kindOf(span);
  return {
    type: 'span',
    trace_id: traceId,
    span_id: spanId,
    ...(parentId && { parent_id: parentId }),
    kind,
    name: span.name.trim().slice(0, maxNameLength) || kind,
    ...eventTimes(span.startTime, span.endTime),
    status: span.status.code === SpanStatusCode.ERROR ? 'error' : 'ok',
    data: { ...besideRecord(span), ...(compactData(span) ?? otherData(span)) },
  };
}

/** The record of a `compact.*` span, nested, with its sentence. */
function compactData(span: ReadableSpan): Data | undefined {
  if (!isRecordName(span.name)) {
    return undefined;
  }
  const record = recordData(span.name, span.attributes);
  return record && { ...withoutRecord(span.attributes), ...record };
}

function recordData(name: RecordName, attributes: Attributes): Data | undefined {
  const decoded = fromAttributes(name, attributes);
  return decoded.ok ? toAriadneData(name, decoded.record) : undefined;
}

/** The `gen_ai.*` keys and whatever else stands beside the record. */
function withoutRecord(attributes: Attributes): Data {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith('compact.')));
}

/** Any other span: its attributes as they are; the sentence, and the content beneath it where there is some. */
function otherData(span: ReadableSpan): Data {
  const content = contentOf(span);
  const sentence = sentenceOf(span);
  return {
    ...span.attributes,
    output_text: content === undefined ? sentence : `${sentence}\n\n${content}`,
  };
}

/** What Ariadne has no field for. */
function besideRecord(span: ReadableSpan): Data {
  const { status, links, events, attributes, resource } = span;
  const instrumentationScope = scopeOf(span);
  const service = resource.attributes['service.name'];
  return {
    ...(service !== undefined && { 'service.name': service }),
    'otel.scope.name': instrumentationScope.name,
    ...(status.code === SpanStatusCode.ERROR && {
      error: { type: attributes['error.type'] ?? 'Error', message: status.message ?? '' },
    }),
    ...(links.length > 0 && {
      links: links.map(({ context }) => ({ trace_id: context.traceId, span_id: context.spanId })),
    }),
    ...(events.length > 0 && {
      events: events.map(({ name, time, attributes: facts = {} }) => ({
        name,
        at: timestampOf(time),
        facts,
      })),
    }),
  };
}
