import { SpanStatusCode } from '@opentelemetry/api';
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { parentOf, scopeOf } from '../span-shape.ts';
import type { OtlpEncoding } from './otlp-encoding.ts';
import { isInt64, spanFlags } from './span-numbers.ts';

/**
 * OTLP as JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. Ids are hexadecimal, 64-bit numbers
 * are strings.
 *
 * It is put together as text: the form is always the same, and the objects that would have to be made for it cost more
 * than all the rest.
 */
export const otlpJson: OtlpEncoding = {
  contentType: 'application/json',
  groupFrameBytes: 64,
  entryBytes: 1,
  span: (span) => Buffer.from(spanJson(span)),
  group: encodeGroup,
  request: (groups) =>
    Buffer.concat([
      requestHead,
      ...groups.flatMap(({ group, spans }, index) => [
        ...(index === 0 ? [] : [comma]),
        group,
        ...spans.flatMap((span, place) => (place === 0 ? [span] : [comma, span])),
        groupTail,
      ]),
      requestTail,
    ]),
};

const requestHead = Buffer.from('{"resourceSpans":[');
const requestTail = Buffer.from(']}');
const groupTail = Buffer.from(']}]}');
const comma = Buffer.from(',');

/** Everything of a group up to its first span. */
function encodeGroup(span: ReadableSpan): Buffer {
  const { name, version, attributes, schemaUrl } = scopeOf(span);
  const scopeFields =
    field('version', version) +
    (attributes === undefined ? '' : `,"attributes":${attributesJson(attributes)}`);
  return Buffer.from(
    `{"resource":{"attributes":${attributesJson(span.resource.attributes)}},` +
      `"scopeSpans":[{"scope":{"name":${quoted(name)}${scopeFields}}${field('schemaUrl', schemaUrl)},"spans":[`,
  );
}

function spanJson(span: ReadableSpan): string {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext();
  const parent = parentOf(span);
  return (
    `{"traceId":${quoted(traceId)},"spanId":${quoted(spanId)}` +
    field('traceState', traceState?.serialize()) +
    field('parentSpanId', parent?.spanId) +
    `,"flags":${spanFlags(traceFlags, parent?.isRemote)},"name":${quoted(span.name)},"kind":${span.kind + 1}` +
    `,"startTimeUnixNano":"${nanos(span.startTime)}","endTimeUnixNano":"${nanos(span.endTime)}"` +
    `,"attributes":${attributesJson(span.attributes)}${count('droppedAttributesCount', span.droppedAttributesCount)}` +
    list('events', span.events, eventJson) +
    count('droppedEventsCount', span.droppedEventsCount) +
    list('links', span.links, linkJson) +
    count('droppedLinksCount', span.droppedLinksCount) +
    `,"status":${statusJson(span.status)}}`
  );
}

function statusJson({ code, message }: ReadableSpan['status']): string {
  if (code === SpanStatusCode.UNSET && !message) return '{}';
  const fields = [
    ...(code === SpanStatusCode.UNSET ? [] : [`"code":${code}`]),
    ...(message ? [`"message":${quoted(message)}`] : []),
  ];
  return `{${fields.join(',')}}`;
}

function eventJson({
  name,
  time,
  attributes,
  droppedAttributesCount,
}: ReadableSpan['events'][number]): string {
  return (
    `{"timeUnixNano":"${nanos(time)}","name":${quoted(name)},"attributes":${attributesJson(attributes ?? {})}` +
    `${count('droppedAttributesCount', droppedAttributesCount)}}`
  );
}

function linkJson({ context, attributes, droppedAttributesCount }: ReadableSpan['links'][number]): string {
  return (
    `{"traceId":${quoted(context.traceId)},"spanId":${quoted(context.spanId)}` +
    `${field('traceState', context.traceState?.serialize())},"attributes":${attributesJson(attributes ?? {})}` +
    `${count('droppedAttributesCount', droppedAttributesCount)},"flags":${spanFlags(context.traceFlags, context.isRemote)}}`
  );
}

function attributesJson(attributes: Attributes): string {
  return keyValues(Object.entries(attributes));
}

function keyValues(entries: readonly (readonly [string, unknown])[]): string {
  let json = '[';
  for (const [key, value] of entries) {
    json += `${json === '[' ? '' : ','}${keyHead(key)}${valueJson(value)}}`;
  }
  return `${json}]`;
}

/** The same few keys come with every span. */
const keyHeads = new Map<string, string>();
const maxKeyHeads = 4096;

/** A key up to where its value begins. */
function keyHead(key: string): string {
  const known = keyHeads.get(key);
  if (known !== undefined) return known;
  const head = `{"key":${quoted(key)},"value":`;
  if (keyHeads.size >= maxKeyHeads) keyHeads.clear();
  keyHeads.set(key, head);
  return head;
}

function valueJson(value: unknown): string {
  if (typeof value === 'string') return `{"stringValue":${quoted(value)}}`;
  if (typeof value === 'boolean') return `{"boolValue":${value}}`;
  if (typeof value === 'number') {
    // JSON has no word for what is no finite number; the encoding has.
    if (!Number.isFinite(value)) return `{"doubleValue":"${value}"}`;
    return isInt64(value) ? `{"intValue":"${value}"}` : `{"doubleValue":${value}}`;
  }
  if (value instanceof Uint8Array) return `{"bytesValue":"${Buffer.from(value).toString('base64')}"}`;
  if (Array.isArray(value)) return `{"arrayValue":{"values":[${value.map(valueJson).join(',')}]}}`;
  if (typeof value === 'object' && value !== null) {
    return `{"kvlistValue":{"values":${keyValues(Object.entries(value))}}}`;
  }
  return '{}';
}

function field(name: string, value: string | undefined): string {
  return value ? `,"${name}":${quoted(value)}` : '';
}

function count(name: string, value: number | undefined): string {
  return value ? `,"${name}":${value}` : '';
}

function list<TItem>(name: string, items: readonly TItem[], json: (item: TItem) => string): string {
  return items.length === 0 ? '' : `,"${name}":[${items.map(json).join(',')}]`;
}

/** Of these characters JSON escapes none. */
const plain = /^[ !#-[\]-~]*$/;
const maxPlainLength = 128;

/** Looking costs a third of writing, for what is short. */
function quoted(text: string): string {
  return text.length <= maxPlainLength && plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

function nanos([seconds, nanoseconds]: HrTime): string {
  return nanoseconds < 0 || seconds < 0
    ? String(BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds))
    : `${seconds === 0 ? '' : seconds}${seconds === 0 ? nanoseconds : String(nanoseconds).padStart(9, '0')}`;
}
