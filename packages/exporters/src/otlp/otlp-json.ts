import { SpanStatusCode } from '@opentelemetry/api';
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { parentOf, scopeOf } from '../span-shape.ts';
import type { OtlpEncoding } from './otlp-encoding.ts';
import { isInt64, spanFlags } from './span-numbers.ts';

/**
 * OTLP as JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. Ids are hexadecimal, 64-bit numbers
 * are strings.
 */
export const otlpJson: OtlpEncoding = {
  contentType: 'application/json',
  groupFrameBytes: 64,
  entryBytes: 1,
  span: (span) => Buffer.from(JSON.stringify(spanJson(span))),
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
  const resource = JSON.stringify({ attributes: attributesJson(span.resource.attributes) });
  const scope = JSON.stringify({
    name,
    ...(version && { version }),
    ...(attributes !== undefined && { attributes: attributesJson(attributes) }),
  });
  const schema = schemaUrl ? `"schemaUrl":${JSON.stringify(schemaUrl)},` : '';
  return Buffer.from(`{"resource":${resource},"scopeSpans":[{"scope":${scope},${schema}"spans":[`);
}

function spanJson(span: ReadableSpan): object {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext();
  const parent = parentOf(span);
  const state = traceState?.serialize();
  return {
    traceId,
    spanId,
    ...(state && { traceState: state }),
    ...(parent?.spanId && { parentSpanId: parent.spanId }),
    flags: spanFlags(traceFlags, parent?.isRemote),
    name: span.name,
    kind: span.kind + 1,
    startTimeUnixNano: nanos(span.startTime),
    endTimeUnixNano: nanos(span.endTime),
    attributes: attributesJson(span.attributes),
    ...(span.droppedAttributesCount > 0 && { droppedAttributesCount: span.droppedAttributesCount }),
    ...(span.events.length > 0 && {
      events: span.events.map(({ name, time, attributes, droppedAttributesCount }) => ({
        timeUnixNano: nanos(time),
        name,
        attributes: attributesJson(attributes ?? {}),
        ...(droppedAttributesCount && { droppedAttributesCount }),
      })),
    }),
    ...(span.droppedEventsCount > 0 && { droppedEventsCount: span.droppedEventsCount }),
    ...(span.links.length > 0 && {
      links: span.links.map(({ context, attributes, droppedAttributesCount }) => ({
        traceId: context.traceId,
        spanId: context.spanId,
        ...(context.traceState && { traceState: context.traceState.serialize() }),
        attributes: attributesJson(attributes ?? {}),
        ...(droppedAttributesCount && { droppedAttributesCount }),
        flags: spanFlags(context.traceFlags, context.isRemote),
      })),
    }),
    ...(span.droppedLinksCount > 0 && { droppedLinksCount: span.droppedLinksCount }),
    status: {
      ...(span.status.code !== SpanStatusCode.UNSET && { code: span.status.code }),
      ...(span.status.message && { message: span.status.message }),
    },
  };
}

function attributesJson(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueJson(value) }));
}

function valueJson(value: unknown): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    // JSON has no word for what is no finite number; the encoding has.
    if (!Number.isFinite(value)) return { doubleValue: String(value) };
    return isInt64(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueJson) } };
  if (typeof value === 'object' && value !== null) {
    const entries: readonly [string, unknown][] = Object.entries(value);
    return { kvlistValue: { values: entries.map(([key, item]) => ({ key, value: valueJson(item) })) } };
  }
  return {};
}

function nanos([seconds, nanoseconds]: HrTime): string {
  return nanoseconds < 0 || seconds < 0
    ? String(BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds))
    : `${seconds === 0 ? '' : seconds}${seconds === 0 ? nanoseconds : String(nanoseconds).padStart(9, '0')}`;
}
