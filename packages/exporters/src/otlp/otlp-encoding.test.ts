import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SpanSink } from '../span-sink.ts';
import { startTracing } from '../start-tracing.ts';
import type { OtlpEncoding } from './otlp-encoding.ts';
import { otlpJson } from './otlp-json.ts';
import { otlpProto } from './otlp-proto.ts';
import { partialSuccessOf } from './partial-success.ts';

/** Spans as the SDK makes them. */
function spansOf(
  make: (tracer: ReturnType<ReturnType<typeof startTracing>['tracer']>) => void,
): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  const collect: SpanSink = {
    name: 'collect',
    onEnd: (span) => void spans.push(span),
    flush: async () => {},
    shutdown: async () => {},
    stats: () => ({
      name: '',
      emitted: 0,
      delivered: 0,
      dropped: {},
      pending: 0,
      pendingBytes: 0,
      spooled: 0,
    }),
  };
  make(startTracing({ serviceName: 'shop', sinks: [collect] }).tracer('test', '1.2.3'));
  return spans;
}

function requestOf(encoding: OtlpEncoding, spans: readonly ReadableSpan[]): Buffer {
  const [first] = spans;
  return first === undefined
    ? Buffer.alloc(0)
    : encoding.request([{ group: encoding.group(first), spans: spans.map((span) => encoding.span(span)) }]);
}

const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  fc.string({ minLength: 1 }),
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(fc.string()),
    fc.array(fc.maxSafeInteger()),
    fc.array(fc.boolean()),
  ),
);
const spanInput = fc.record({
  name: fc.string(),
  attributes,
  kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.SERVER),
  status: fc.constantFrom(SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR),
  seconds: fc.integer({ min: 1, max: 4_000_000_000 }),
  nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
  event: fc.option(fc.record({ name: fc.string(), attributes })),
  isLinked: fc.boolean(),
  isRemote: fc.option(fc.boolean()),
});

const other = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };

const anySpans = fc.array(spanInput, { minLength: 1, maxLength: 4 }).map((inputs) =>
  spansOf((tracer) => {
    for (const input of inputs) {
      const parent =
        input.isRemote === null
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT, { ...other, isRemote: input.isRemote });
      const startTime: [number, number] = [input.seconds, input.nanoseconds];
      const span = tracer.startSpan(
        input.name,
        {
          startTime,
          kind: input.kind,
          attributes: input.attributes,
          links: input.isLinked ? [{ context: other, attributes: input.attributes }] : [],
        },
        parent,
      );
      if (input.event !== null) span.addEvent(input.event.name, input.event.attributes, startTime);
      span.setStatus({ code: input.status, message: input.name });
      span.end([input.seconds + 1, input.nanoseconds]);
    }
  }),
);

/** A message of Protocol Buffers as its fields, those that hold their default left out, as any reader takes them. */
type Fields = readonly (readonly [field: number, value: string])[];

describe('OTLP as this package writes it', () => {
  test('is, as JSON, what the serializer of OpenTelemetry writes', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const theirs: unknown = JSON.parse(
          Buffer.from(JsonTraceSerializer.serializeRequest(spans) ?? []).toString(),
        );
        const ours: unknown = JSON.parse(requestOf(otlpJson, spans).toString());
        expect(plain(ours)).toEqual(plain(theirs));
      }),
    );
  });

  test('is, as Protocol Buffers, field for field what the serializer of OpenTelemetry writes', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const theirs = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);
        expect(flat(requestOf(otlpProto, spans))).toEqual(flat(theirs));
      }),
    );
  });

  test('takes spans of SDK 1.x and the nested values of 3.x', () => {
    const [span] = spansOf((tracer) => tracer.startSpan('x').end());
    if (span === undefined) throw new Error('no span');
    const { parentSpanContext: _, instrumentationScope: scope, ...rest } = span;
    const old = Object.assign(Object.create(null), rest, {
      spanContext: () => span.spanContext(),
      parentSpanId: 'c'.repeat(16),
      instrumentationLibrary: scope,
      attributes: { nested: { list: [1, { deep: true }], bytes: new Uint8Array([1, 2]) } },
    });
    const json = requestOf(otlpJson, [old]).toString();
    expect(json).toContain(`"parentSpanId":"${'c'.repeat(16)}"`);
    expect(json).toContain('"scope":{"name":"test"');
    expect(json).toContain('{"key":"deep","value":{"boolValue":true}}');
    const proto = requestOf(otlpProto, [old]).toString('latin1');
    expect(proto).toContain('deep');
    expect(proto).toContain('test');
  });
});

describe('a partial success', () => {
  test.each([
    ['{"partialSuccess":{"rejectedSpans":"3","errorMessage":"no"}}', { rejected: 3, message: 'no' }],
    ['{"partialSuccess":{"rejectedSpans":3}}', { rejected: 3, message: '' }],
    ['\n\x06\x08\x03\x12\x02no', { rejected: 3, message: 'no' }],
    ['{}', { rejected: 0, message: '' }],
    ['', { rejected: 0, message: '' }],
    ['<html>', { rejected: 0, message: '' }],
  ])('%j', (body, expected) => {
    expect(partialSuccessOf(Buffer.from(body))).toEqual(expected);
  });
});

/** Without what both may leave out: empty lists and defaults; integers as text, as the encoding allows. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, item]): [string, unknown] =>
      // Theirs calls whole numbers of any size integers.
      /^(?:int|double)Value$/.test(key) ? ['number', Number(item)] : [key, plain(item)],
    )
    .filter(
      ([key, item]) =>
        item !== undefined &&
        !(Array.isArray(item) && item.length === 0) &&
        !(/^dropped|^code$/.test(key) && item === 0) &&
        !(key === 'message' && item === ''),
    );
  return Object.fromEntries(entries);
}

/** Which fields hold messages, by the path of fields that leads to them. */
const messages =
  /^1(\.(1|2))?$|^1\.1\.1(\.2)?$|^1\.2\.(1|2)$|^1\.2\.2\.(9|11|13|15)$|^1\.2\.2\.9\.2$|^1\.2\.2\.1[13]\.[34]$|^1\.2\.2\.1[13]\.[34]\.2$|\.2\.5$|\.2\.5\.1$/;

function flat(message: Buffer, path = ''): Fields {
  const fields: [number, string][] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++] ?? 0;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = Number(varint());
    const field = Math.floor(tag / 8);
    const here = path === '' ? String(field) : `${path}.${field}`;
    if (tag % 8 === 0) {
      const value = varint();
      // Absent is 0, except where one of several kinds of value is told by its presence.
      if (value !== 0n || /\.2\.[23]$|\.5\.1\.[23]$/.test(here)) fields.push([field, String(value)]);
    } else {
      const length = tag % 8 === 1 ? 8 : tag % 8 === 5 ? 4 : Number(varint());
      const bytes = message.subarray(at, at + length);
      at += length;
      const inner = messages.test(here) ? JSON.stringify(flat(bytes, here)) : bytes.toString('hex');
      if (inner !== '[]' && inner !== '') fields.push([field, inner]);
    }
  }
  return fields.toSorted((left, right) => left[0] - right[0]);
}
