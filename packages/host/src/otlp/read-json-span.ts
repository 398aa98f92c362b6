import type { EventParts, SpanParts } from './span-parts.ts';
import { toHexId } from './otlp-id.ts';
import { list, Malformed, readAttributes, type Fields, fields } from './read-json-value.ts';

/**
 * Reads a span of OTLP/JSON. By hand: the schema that it replaces made a copy of every value, which cost more than
 * storing the span does. Throws {@link Malformed} at the first field of another type.
 */
export function readJsonSpan(member: unknown): SpanParts {
  const span = fields(member, 'its root');
  const status = fields(span['status'] ?? {}, 'status');
  return {
    traceId: toHexId(text(span, 'traceId') ?? missing('traceId'), 16),
    id: toHexId(text(span, 'spanId') ?? missing('spanId'), 8),
    parentId: toHexId(text(span, 'parentSpanId') ?? '', 8),
    name: text(span, 'name'),
    kind: number(span, 'kind'),
    start: time(span, 'startTimeUnixNano'),
    end: time(span, 'endTimeUnixNano'),
    attrs: readAttributes(span['attributes']),
    events: list(span['events'], 'events').map(readEvent),
    links: list(span['links'], 'links').map(readLink),
    status: number(status, 'code'),
    statusMessage: text(status, 'message'),
  };
}

function readEvent(member: unknown): EventParts {
  const event = fields(member, 'events');
  return {
    name: text(event, 'name') ?? '',
    time: time(event, 'timeUnixNano'),
    attrs: readAttributes(event['attributes']),
  };
}

function readLink(member: unknown): SpanParts['links'][number] {
  const link = fields(member, 'links');
  return {
    traceId: toHexId(text(link, 'traceId') ?? missing('links'), 16),
    spanId: toHexId(text(link, 'spanId') ?? missing('links'), 8),
  };
}

function missing(name: string): never {
  throw new Malformed(name);
}

function text(from: Fields, name: string): string | undefined {
  const value = from[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new Malformed(name);
}

function number(from: Fields, name: string): number {
  const value = from[name] ?? 0;
  if (typeof value === 'number') return value;
  throw new Malformed(name);
}

/**
 * Epoch milliseconds of 64-bit nanoseconds, exact to about a quarter of a microsecond; 0 is "not set". They are text by
 * the JSON mapping; some senders write a number, which has lost its last digits.
 */
function time(from: Fields, name: string): number | undefined {
  const value = from[name] ?? '0';
  const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= 0;
  const nanos = isNumber ? String(BigInt(value)) : value;
  if (typeof nanos !== 'string' || !/^\d{1,20}$/.test(nanos)) throw new Malformed(name);
  const millis = Number(nanos.slice(0, -6)) + Number(nanos.slice(-6)) / 1e6;
  return millis === 0 ? undefined : millis;
}
