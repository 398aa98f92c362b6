import * as fc from 'fast-check';
import protobuf from 'protobufjs';
import { expect, it } from 'vitest';
import { fromOtlp, type OtlpReading } from './from-otlp.ts';
import { otlpFormat } from './otlp-format.ts';
import { OtlpRequest } from './otlp-request.ts';

// Both forms say the same: what is read from JSON is what is read from protobuf. The library's own encoder is the judge.

const Request = protobuf
  .parse(
    `syntax = "proto3";
    message Request { repeated ResourceSpans resource_spans = 1; }
    message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
    message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
    message Resource { repeated KeyValue attributes = 1; }
    message Scope { string name = 1; string version = 2; }
    message Span { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4;
      string name = 5; int32 kind = 6; fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8;
      repeated KeyValue attributes = 9; uint32 dropped = 10; repeated Event events = 11; repeated Link links = 13;
      Status status = 15; fixed32 flags = 16; }
    message Event { fixed64 time_unix_nano = 1; string name = 2; repeated KeyValue attributes = 3; }
    message Link { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; }
    message Status { string message = 2; int32 code = 3; }
    message KeyValue { string key = 1; AnyValue value = 2; }
    message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3;
      double double_value = 4; ArrayValue array_value = 5; KeyValueList kvlist_value = 6; bytes bytes_value = 7; } }
    message ArrayValue { repeated AnyValue values = 1; }
    message KeyValueList { repeated KeyValue values = 1; }`,
  )
  .root.lookupType('Request');

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((id) => Buffer.from(id).toString('hex'));
/** Beyond, the encoder rounds. */
const nanos = fc.maxSafeNat().map(String);
const text = fc.string({ unit: 'grapheme' });

const { value: anyValue } = fc.letrec<{ value: object; pair: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    // Beyond, the encoder rounds.
    fc.record({ intValue: fc.maxSafeInteger().map(String) }),
    fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({
      bytesValue: fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    }),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.record({ kvlistValue: fc.record({ values: fc.array(tie('pair'), { maxLength: 3 }) }) }),
  ),
  pair: fc.record({ key: fc.oneof(text, fc.constant('__proto__')), value: tie('value') }),
}));
const attributes = fc.array(fc.record({ key: text, value: anyValue }), { maxLength: 4 });

const span = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  parentSpanId: hex(8),
  name: text,
  kind: fc.nat(6),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  events: fc.array(fc.record({ timeUnixNano: nanos, name: text, attributes }), { maxLength: 2 }),
  links: fc.array(fc.record({ traceId: hex(16), spanId: hex(8) }), { maxLength: 2 }),
  status: fc.record({ code: fc.nat(2), message: text }),
});

const request = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({
        attributes: fc.constant([{ key: 'service.name', value: { stringValue: 's' } }]),
      }),
      scopeSpans: fc.array(
        fc.record({
          scope: fc.record({ name: text, version: text }),
          spans: fc.array(span, { maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});

function fromProto(body: Uint8Array, maxText = 1000): OtlpReading {
  const parsed = otlpFormat('application/x-protobuf')?.parse(body, maxText);
  if (parsed?.ok !== true) throw new Error(parsed?.reason);
  return parsed.reading;
}

/** The encoder takes ids as base64, as protobuf's own JSON mapping does. */
function encode(value: object): Uint8Array {
  const json = JSON.stringify(value, (name, inner: unknown) =>
    /(trace|span)Id$/i.test(name) ? Buffer.from(String(inner), 'hex').toString('base64') : inner,
  );
  return Request.encode(Request.fromObject(JSON.parse(json))).finish();
}

it('reads the same out of JSON and out of protobuf', () => {
  fc.assert(
    fc.property(request, (value) => {
      const json = fromOtlp(OtlpRequest.parse(JSON.parse(JSON.stringify(value))), 1000);
      const proto = fromProto(encode(value));
      expect(JSON.parse(JSON.stringify(proto.spans))).toEqual(JSON.parse(JSON.stringify(json.spans)));
      expect(proto.rejected).toEqual(json.rejected);
    }),
  );
});

it('throws nothing but a refusal at bytes that were cut or changed', () => {
  fc.assert(
    fc.property(request, fc.nat(), fc.nat(255), (value, at, byte) => {
      const body = Buffer.from(encode(value));
      if (body.length > 0) body[at % body.length] = byte;
      const format = otlpFormat('application/x-protobuf');
      expect(format?.parse(body, 1000)).toHaveProperty('ok');
      expect(format?.parse(body.subarray(0, at % (body.length + 1)), 1000)).toHaveProperty('ok');
    }),
  );
});

it('cuts what is too long, in names, values and events', () => {
  const long = 'x'.repeat(50);
  const value = {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: '1'.repeat(32),
                spanId: '2'.repeat(16),
                name: long,
                attributes: [{ key: 'a', value: { arrayValue: { values: [{ stringValue: long }] } } }],
              },
            ],
          },
        ],
      },
    ],
  };
  const cut = `${'x'.repeat(20)}... [truncated]`;
  expect(fromProto(encode(value), 20).spans).toMatchObject([{ name: cut, attrs: { a: [cut] } }]);
});

it('rejects a span whose values are nested too deeply, in either form', () => {
  const nest = (levels: number): object =>
    levels === 0 ? { intValue: '1' } : { arrayValue: { values: [nest(levels - 1)] } };
  const of = (levels: number): object => {
    const spans = [
      { traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: [{ key: 'a', value: nest(levels) }] },
    ];
    return { resourceSpans: [{ scopeSpans: [{ spans }] }] };
  };
  expect(fromOtlp(OtlpRequest.parse(of(60)), 1000).spans).toHaveLength(1);
  expect(fromOtlp(OtlpRequest.parse(of(70)), 1000).rejected).toEqual([expect.stringMatching(/too deeply/)]);
  const field = (tag: number, body: Buffer): Buffer => {
    const length = [(body.length & 0x7f) | 0x80, ((body.length >> 7) & 0x7f) | 0x80, body.length >> 14];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
  };
  let deep: Buffer = Buffer.alloc(0);
  // A list in a value in a list, seventy times.
  for (let level = 0; level < 70; level += 1) deep = field(0x2a, field(0x0a, deep));
  const body = field(0x0a, field(0x12, field(0x12, field(0x4a, field(0x12, deep)))));
  expect(otlpFormat('application/x-protobuf')?.parse(body, 1000)).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/too deeply/),
  });
});

it('reads integers of 64 bits and times of nanoseconds out of protobuf exactly', () => {
  const value = (bytes: readonly number[]): unknown => {
    const pair = [0x0a, 1, 0x61, 0x12, bytes.length + 1, 0x18, ...bytes];
    const times = [0x39, ...Buffer.from(new BigUint64Array([1_700_000_000_123_456_789n]).buffer)];
    const ids = [0x0a, 16, ...Buffer.alloc(16, 1), 0x12, 8, ...Buffer.alloc(8, 2)];
    const member = [...ids, ...times, 0x4a, pair.length, ...pair];
    const spans = [0x12, member.length, ...member];
    const scopes = [0x12, spans.length, ...spans];
    const [read] = fromProto(Uint8Array.from([0x0a, scopes.length, ...scopes])).spans;
    expect(read?.start).toBe(1_700_000_000_123.4568);
    return read?.attrs['a'];
  };
  const varint = (integer: bigint): readonly number[] => {
    const groups: number[] = [];
    for (let rest = BigInt.asUintN(64, integer); ; rest >>= 7n) {
      if (rest < 128n) return [...groups, Number(rest)];
      groups.push(Number(rest & 127n) | 128);
    }
  };
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer) => {
      expect(BigInt(String(value(varint(integer))))).toBe(integer);
    }),
  );
  expect(value(varint(-7n))).toBe(-7);
  expect(value(varint(2n ** 53n + 1n))).toBe('9007199254740993');
});
