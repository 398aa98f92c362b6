import type { Attributes, HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { parentOf, scopeOf } from '../span-shape.ts';
import type { OtlpEncoding } from './otlp-encoding.ts';
import { isInt64, spanFlags } from './span-numbers.ts';
import { ProtoWriter, varintBytes } from './proto-writer.ts';

/**
 * OTLP as Protocol Buffers: opentelemetry/proto/trace/v1/trace.proto. A request is made of parts that are bytes
 * already, since messages that follow one another are one message.
 */
export const otlpProto: OtlpEncoding = {
  contentType: 'application/x-protobuf',
  // Tag and length of resource_spans, scope_spans and the span itself.
  groupFrameBytes: 12,
  entryBytes: 6,
  span: encodeSpan,
  group: encodeGroup,
  request: (groups) => Buffer.concat(groups.flatMap(({ group, spans }) => [...resourceSpans(group, spans)])),
};

/** One for all: nothing is written while something is being written. */
const writer = new ProtoWriter();

function encodeSpan(span: ReadableSpan): Buffer {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext();
  const parent = parentOf(span);
  writer.hex(1, traceId);
  writer.hex(2, spanId);
  const state = traceState?.serialize();
  if (state) writer.string(3, state);
  if (parent?.spanId) writer.hex(4, parent.spanId);
  writer.string(5, span.name);
  writer.uint(6, span.kind + 1);
  writer.fixed64(7, nanos(span.startTime));
  writer.fixed64(8, nanos(span.endTime));
  writeAttributes(9, span.attributes);
  writeCount(10, span.droppedAttributesCount);
  for (const event of span.events) {
    writer.message(11, () => {
      writer.fixed64(1, nanos(event.time));
      writer.string(2, event.name);
      writeAttributes(3, event.attributes ?? {});
      writeCount(4, event.droppedAttributesCount);
    });
  }
  writeCount(12, span.droppedEventsCount);
  for (const { context, attributes, droppedAttributesCount } of span.links) {
    writer.message(13, () => {
      writer.hex(1, context.traceId);
      writer.hex(2, context.spanId);
      const linkState = context.traceState?.serialize();
      if (linkState) writer.string(3, linkState);
      writeAttributes(4, attributes ?? {});
      writeCount(5, droppedAttributesCount);
      writer.fixed32(6, spanFlags(context.traceFlags, context.isRemote));
    });
  }
  writeCount(14, span.droppedLinksCount);
  writer.message(15, () => {
    if (span.status.message) writer.string(2, span.status.message);
    writeCount(3, span.status.code);
  });
  writer.fixed32(16, spanFlags(traceFlags, parent?.isRemote));
  return writer.finish();
}

/** The resource and the scope of a span, each as the field that it will be, the first with its length before it. */
function encodeGroup(span: ReadableSpan): Buffer {
  writer.message(1, () => writeAttributes(1, span.resource.attributes));
  const resource = writer.finish();
  const scope = scopeOf(span);
  writer.message(1, () => {
    writer.string(1, scope.name);
    if (scope.version) writer.string(2, scope.version);
    writeAttributes(3, scope.attributes ?? {});
  });
  if (scope.schemaUrl) writer.string(3, scope.schemaUrl);
  const scopeField = writer.finish();
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(resource.length);
  return Buffer.concat([length, resource, scopeField]);
}

function* resourceSpans(group: Buffer, spans: readonly Buffer[]): Generator<Buffer> {
  const scopeAt = 4 + group.readUInt32LE(0);
  const resource = group.subarray(4, scopeAt);
  const scope = group.subarray(scopeAt);
  const heads = spans.map((span) => head(2, span.length));
  const scopeBytes = scope.length + sum(spans) + sum(heads);
  const scopeHead = head(2, scopeBytes);
  yield head(1, resource.length + scopeHead.length + scopeBytes);
  yield resource;
  yield scopeHead;
  yield scope;
  for (const [index, span] of spans.entries()) {
    yield heads[index] ?? head(2, span.length);
    yield span;
  }
}

/** Tag and length of a message. */
function head(field: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(1 + varintBytes(length));
  bytes[0] = field * 8 + 2;
  let rest = length;
  for (let at = 1; at < bytes.length; at += 1) {
    bytes[at] = (rest % 128) | (at < bytes.length - 1 ? 128 : 0);
    rest = Math.floor(rest / 128);
  }
  return bytes;
}

function writeAttributes(field: number, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    writer.message(field, () => {
      writer.string(1, key);
      writer.message(2, () => writeValue(value));
    });
  }
}

function writeValue(value: unknown): void {
  if (typeof value === 'string') {
    writer.string(1, value);
  } else if (typeof value === 'boolean') {
    writer.uint(2, value ? 1 : 0);
  } else if (typeof value === 'number') {
    if (isInt64(value)) writer.int64(3, value);
    else writer.double(4, value);
  } else if (value instanceof Uint8Array) {
    writer.bytes(7, value);
  } else if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    writer.message(5, () => {
      for (const item of items) writer.message(1, () => writeValue(item));
    });
  } else if (typeof value === 'object' && value !== null) {
    const entries: readonly [string, unknown][] = Object.entries(value);
    writer.message(6, () => {
      for (const [key, item] of entries) {
        writer.message(1, () => {
          writer.string(1, key);
          writer.message(2, () => writeValue(item));
        });
      }
    });
  }
}

function writeCount(field: number, count: number | undefined): void {
  if (count !== undefined && count > 0) writer.uint(field, count);
}

function nanos([seconds, nanoseconds]: HrTime): bigint {
  return BigInt.asUintN(64, BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds));
}

function sum(buffers: readonly Buffer[]): number {
  return buffers.reduce((total, { length }) => total + length, 0);
}
