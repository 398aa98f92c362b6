import protobuf from 'protobufjs/minimal.js';
import { Reading, type OtlpReading } from './from-otlp.ts';
import { Malformed, put } from './read-json-value.ts';
import type { EventParts, Origin, SpanParts } from './span-parts.ts';

type Reader = protobuf.Reader;
type Attrs = Record<string, unknown>;

/** A field's number and wire type in one: a field of another type than expected is skipped, as one that is unknown. */
const varint = (field: number): number => field << 3;
const fixed64 = (field: number): number => (field << 3) | 1;
const bytes = (field: number): number => (field << 3) | 2;

/** Deeper values than this have no use, and what walks them later could overflow the stack. */
const MAX_DEPTH = 64;

/**
 * Reads an ExportTraceServiceRequest straight into spans. By hand, with the library's reader: messages of its own, and
 * plain objects of those, cost more than storing the spans does. Throws on bytes that are no such message.
 */
export function readProtoRequest(body: Uint8Array, maxText: number): OtlpReading {
  const reading = new Reading(maxText);
  const reader = protobuf.Reader.create(body);
  // The spans of a resource may come before it: they are read when it is known.
  each(reader, reader.len, {
    [bytes(1)]: () => readResourceSpans(reader, reading),
  });
  return reading;
}

function readResourceSpans(reader: Reader, reading: Reading): void {
  let service: string | undefined;
  const scopes: Uint8Array[] = [];
  within(reader, {
    [bytes(1)]: () => {
      const attrs: Attrs = {};
      within(reader, { [bytes(1)]: () => readKeyValue(reader, attrs, 0) });
      const name = attrs['service.name'];
      service = typeof name === 'string' ? name : undefined;
    },
    [bytes(2)]: () => scopes.push(reader.bytes()),
  });
  for (const scope of scopes) readScopeSpans(protobuf.Reader.create(scope), service, reading);
}

function readScopeSpans(reader: Reader, service: string | undefined, reading: Reading): void {
  let origin: Origin = { service, scopeName: undefined, scopeVersion: undefined };
  const spans: SpanParts[] = [];
  each(reader, reader.len, {
    [bytes(1)]: () =>
      within(reader, {
        [bytes(1)]: () => (origin = { ...origin, scopeName: reader.string() }),
        [bytes(2)]: () => (origin = { ...origin, scopeVersion: reader.string() }),
      }),
    [bytes(2)]: () => spans.push(readSpan(reader)),
  });
  for (const span of spans) reading.add(() => span, origin);
}

function readSpan(reader: Reader): SpanParts {
  const span: { -readonly [TKey in keyof SpanParts]: SpanParts[TKey] } = {
    traceId: undefined,
    id: undefined,
    parentId: undefined,
    name: undefined,
    kind: 0,
    start: undefined,
    end: undefined,
    attrs: {},
    events: [],
    links: [],
    status: 0,
    statusMessage: undefined,
  };
  const attrs: Attrs = {};
  const events: EventParts[] = [];
  const links: SpanParts['links'][number][] = [];
  const end = endOf(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === bytes(1)) span.traceId = idOf(reader, 16);
    else if (tag === bytes(2)) span.id = idOf(reader, 8);
    else if (tag === bytes(4)) span.parentId = idOf(reader, 8);
    else if (tag === bytes(5)) span.name = reader.string();
    else if (tag === varint(6)) span.kind = reader.int32();
    else if (tag === fixed64(7)) span.start = timeOf(reader);
    else if (tag === fixed64(8)) span.end = timeOf(reader);
    else if (tag === bytes(9)) readKeyValue(reader, attrs, 0);
    else if (tag === bytes(11)) events.push(readEvent(reader));
    else if (tag === bytes(13)) links.push(readLink(reader));
    else if (tag === bytes(15))
      within(reader, {
        [bytes(2)]: () => (span.statusMessage = reader.string()),
        [varint(3)]: () => (span.status = reader.int32()),
      });
    else reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError('a span ends in the middle of a field');
  return { ...span, attrs, events, links };
}

function readEvent(reader: Reader): EventParts {
  const attrs: Attrs = {};
  let name = '';
  let time: number | undefined;
  within(reader, {
    [fixed64(1)]: () => (time = timeOf(reader)),
    [bytes(2)]: () => (name = reader.string()),
    [bytes(3)]: () => readKeyValue(reader, attrs, 0),
  });
  return { name, time, attrs };
}

function readLink(reader: Reader): SpanParts['links'][number] {
  let traceId: string | undefined;
  let spanId: string | undefined;
  within(reader, {
    [bytes(1)]: () => (traceId = idOf(reader, 16)),
    [bytes(2)]: () => (spanId = idOf(reader, 8)),
  });
  return { traceId, spanId };
}

function readKeyValue(reader: Reader, into: Attrs, depth: number): void {
  let key = '';
  let value: unknown = null;
  const end = endOf(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === bytes(1)) key = reader.string();
    else if (tag === bytes(2)) value = readValue(reader, depth);
    else reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError('an attribute ends in the middle of a field');
  put(into, key, value);
}

/** The plain value of an AnyValue, with the same meanings as in JSON: of several fields, the last. */
function readValue(reader: Reader, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new Malformed('attributes, which are nested too deeply');
  let value: unknown = null;
  const end = endOf(reader);
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === bytes(1)) value = reader.string();
    else if (tag === varint(2)) value = reader.bool();
    else if (tag === varint(3)) value = integerOf(reader);
    else if (tag === fixed64(4)) value = doubleOf(reader);
    else if (tag === bytes(5)) {
      const values: unknown[] = [];
      within(reader, { [bytes(1)]: () => values.push(readValue(reader, depth + 1)) });
      value = values;
    } else if (tag === bytes(6)) {
      const attrs: Attrs = {};
      within(reader, { [bytes(1)]: () => readKeyValue(reader, attrs, depth + 1) });
      value = attrs;
    } else if (tag === bytes(7)) value = Buffer.from(reader.bytes()).toString('base64');
    else reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError('a value ends in the middle of a field');
  return value;
}

/** A 64-bit integer; the library would round it. What no number holds exactly is text. */
function integerOf(reader: Reader): number | string {
  let low = 0;
  let factor = 1;
  let all: bigint | undefined;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = reader.buf[reader.pos];
    if (byte === undefined) throw new RangeError('an integer ends before its last byte');
    reader.pos += 1;
    // Seven groups fit a number.
    if (shift < 49) low += (byte & 0x7f) * factor;
    else all = (all ?? BigInt(low)) | (BigInt(byte & 0x7f) << BigInt(shift));
    factor *= 128;
    if (byte < 0x80) return all === undefined ? low : exact(BigInt.asIntN(64, all));
  }
  throw new RangeError('an integer is longer than 64 bits');
}

function exact(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** As JSON can write it: `NaN` and the infinities are text. */
function doubleOf(reader: Reader): number | string {
  const value = reader.double();
  return Number.isFinite(value) ? value : String(value);
}

function idOf(reader: Reader, length: 8 | 16): string | undefined {
  const id = reader.bytes();
  if (id.length !== length || id.every((byte) => byte === 0)) return undefined;
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('hex');
}

/** Epoch milliseconds of 64-bit nanoseconds, exact to about a quarter of a microsecond; 0 is "not set". */
function timeOf(reader: Reader): number | undefined {
  const low = reader.fixed32();
  const high = reader.fixed32();
  // 2^32 nanoseconds are 4294 milliseconds and 967,296 nanoseconds: nothing here is beyond what a number holds.
  const rest = high * 967_296 + low;
  const millis = high * 4294 + Math.floor(rest / 1e6) + (rest % 1e6) / 1e6;
  return millis === 0 ? undefined : millis;
}

type Handlers = Readonly<Record<number, () => unknown>>;

function within(reader: Reader, handlers: Handlers): void {
  each(reader, endOf(reader), handlers);
}

function each(reader: Reader, end: number, handlers: Handlers): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    const handle = handlers[tag];
    if (handle === undefined) reader.skipType(tag & 7);
    else handle();
  }
  if (reader.pos !== end) throw new RangeError('a message ends in the middle of a field');
}

function endOf(reader: Reader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError('a message is longer than what came');
  return end;
}
