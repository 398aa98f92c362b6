import { gzipSync } from 'node:zlib';
import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { NodeTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import protobuf from 'protobufjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Host } from '../host.ts';
import { get, post, withHost } from '../testing/with-host.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const Page = z.object({ spans: z.array(z.looseObject({ id: z.string() })) });
const spans = async (host: Host): Promise<z.infer<typeof Page>['spans']> =>
  Page.parse(await get(host, '/api/spans')).spans;

/** A small agent turn, recorded by the real SDK and sent by the real exporter. */
async function record(exporter: SpanExporter): Promise<{ traceId: string; run: string; call: string }> {
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer('@clew/tracing', '0.1.0');
  const run = tracer.startSpan('compact.run', {
    startTime: [1_700_000_000, 123_456_000],
    attributes: {
      'compact.outcome': 'compacted',
      'compact.session_id': 's1',
      'compact.tokens.before': 112_345,
      'compact.ratio': 0.25,
      'compact.negative': -7,
      'compact.empty': '',
      'compact.flag': false,
      'compact.steps': ['clear', 'summarize'],
    },
  });
  const inside = trace.setSpan(context.active(), run);
  const call = tracer.startSpan(
    'chat gpt-5',
    { kind: SpanKind.CLIENT, links: [{ context: run.spanContext() }] },
    inside,
  );
  call.recordException({ name: 'RateLimit', message: 'slow down' });
  call.setStatus({ code: SpanStatusCode.ERROR, message: 'rate limited' });
  call.end();
  run.setStatus({ code: SpanStatusCode.OK });
  run.end([1_700_000_001, 0]);
  await provider.forceFlush();
  await provider.shutdown();
  return {
    traceId: run.spanContext().traceId,
    run: run.spanContext().spanId,
    call: call.spanContext().spanId,
  };
}

describe('what the real exporters send', () => {
  it.each([
    ['JSON', 'none', JsonExporter],
    ['JSON', 'gzip', JsonExporter],
    ['protobuf', 'none', ProtoExporter],
    ['protobuf', 'gzip', ProtoExporter],
  ])('arrives whole: %s, compression %s', async (_, compression, Exporter) => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', compression);
    await withHost({}, async (host) => {
      const ids = await record(new Exporter({ url: `${host.url}/v1/traces` }));
      const [call, run] = (await spans(host)).toSorted(
        (a, b) => Number(a.id === ids.run) - Number(b.id === ids.run),
      );
      expect(run).toEqual({
        traceId: ids.traceId,
        id: ids.run,
        name: 'compact.run',
        kind: 'internal',
        start: 1_700_000_000_123.456,
        end: 1_700_000_001_000,
        status: 'ok',
        service: expect.stringMatching(/^unknown_service/),
        attrs: {
          'compact.outcome': 'compacted',
          'compact.session_id': 's1',
          'compact.tokens.before': 112_345,
          'compact.ratio': 0.25,
          'compact.negative': -7,
          'compact.empty': '',
          'compact.flag': false,
          'compact.steps': ['clear', 'summarize'],
          'otel.scope.name': '@clew/tracing',
          'otel.scope.version': '0.1.0',
        },
        source: 'otlp',
        cursor: expect.any(Number),
      });
      expect(call).toMatchObject({
        traceId: ids.traceId,
        id: ids.call,
        parentId: ids.run,
        kind: 'client',
        status: 'error',
        statusMessage: 'rate limited',
        links: [{ traceId: ids.traceId, spanId: ids.run, id: ids.run }],
        attrs: {
          'otel.events': [
            { name: 'exception', time: expect.any(Number), attrs: { 'exception.message': 'slow down' } },
          ],
        },
      });
      expect(host.stats()).toMatchObject({ spans: 2, accepted: 2, rejected: 0 });
    });
  });
});

const traceId = '5b8efff798038103d269b633813fc60c';
const spanId = 'eee19b7ec3c1b174';
const span = { traceId, spanId, name: 'n' };
const request = (...members: unknown[]): object => ({
  resourceSpans: [{ scopeSpans: [{ spans: members }] }],
});

const attribute = (key: string, value: unknown): object => ({ key, value });
const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

describe('OTLP/JSON', () => {
  it('reads every kind of value; integers are numbers while they are exact', async () => {
    await withHost({}, async (host) => {
      const attributes = [
        attribute('text', { stringValue: 'x' }),
        attribute('small', { intValue: '42' }),
        attribute('number', { intValue: 43 }),
        attribute('large', { intValue: '9007199254740993' }),
        attribute('real', { doubleValue: 0.5 }),
        attribute('nan', { doubleValue: 'NaN' }),
        attribute('bytes', { bytesValue: 'AQI=' }),
        attribute('list', { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'b' }, {}] } }),
        attribute('map', { kvlistValue: { values: [attribute('inner', { boolValue: true })] } }),
        attribute('none', null),
        attribute('text', { stringValue: 'the last wins' }),
      ];
      const response = await post(host, '/v1/traces', request({ ...span, attributes, unknownField: 1 }));
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
        200,
        'application/json',
        '{}',
      ]);
      expect((await spans(host))[0]).toHaveProperty('attrs', {
        text: 'the last wins',
        small: 42,
        number: 43,
        large: '9007199254740993',
        real: 0.5,
        nan: 'NaN',
        bytes: 'AQI=',
        list: [1, 'b', null],
        map: { inner: true },
        none: null,
      });
    });
  });

  it('takes upper-case hex and base64 ids, and times as text or number; 0 is no time and no parent', async () => {
    await withHost({}, async (host) => {
      await post(
        host,
        '/v1/traces',
        request(
          {
            traceId: base64(traceId),
            spanId: base64(spanId),
            startTimeUnixNano: '1700000000000250000',
            endTimeUnixNano: '0',
            parentSpanId: '',
          },
          {
            traceId: traceId.toUpperCase(),
            spanId: 'EEE19B7EC3C1B175',
            startTimeUnixNano: 1_700_000_000_000_000_000,
            parentSpanId: '0000000000000000',
          },
        ),
      );
      const common = { traceId, name: 'span', attrs: {}, source: 'otlp', cursor: expect.any(Number) };
      expect(await spans(host)).toEqual([
        { ...common, id: spanId, start: 1_700_000_000_000.25 },
        { ...common, id: 'eee19b7ec3c1b175', start: 1_700_000_000_000 },
      ]);
    });
  });

  it('rejects bad spans alone, and says so', async () => {
    await withHost({}, async (host) => {
      const zeros = '0'.repeat(32);
      const response = await post(
        host,
        '/v1/traces',
        request(span, { ...span, traceId: zeros }, { ...span, spanId: 'short' }, { ...span, name: 5 }),
      );
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        partialSuccess: {
          rejectedSpans: '3',
          errorMessage: expect.stringMatching(/trace id.*span id.*malformed at name/),
        },
      });
      expect(host.stats()).toMatchObject({ spans: 1, accepted: 1, rejected: 3 });
    });
  });

  it.each([
    ['text that is not JSON', '{'],
    ['another envelope', { resourceSpans: 'none' }],
    ['a list', []],
    ['an endless nesting', `{"resourceSpans":[{"scopeSpans":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`],
  ])('refuses %s with 400 and a status', async (_, body) => {
    await withHost({}, async (host) => {
      const response = await post(host, '/v1/traces', body);
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { code: 3, message: expect.stringMatching(/Expected|nested/) },
      ]);
    });
  });

  it('accepts an empty request', async () => {
    await withHost({}, async (host) => {
      expect((await post(host, '/v1/traces', {})).status).toBe(200);
      expect((await post(host, '/v1/traces', { resourceSpans: [{ scopeSpans: [{}] }, {}] })).status).toBe(
        200,
      );
    });
  });
});

describe('protobuf', () => {
  const proto = { 'content-type': 'application/x-protobuf' };
  const { root } = protobuf.parse(`syntax = "proto3";
    message Request { repeated ResourceSpans a = 1; } message ResourceSpans { repeated ScopeSpans a = 2; }
    message ScopeSpans { repeated Span a = 2; } message Span { bytes trace = 1; bytes span = 2; string state = 3; }
    message Response { Partial partial = 1; } message Partial { int64 rejected = 1; string message = 2; }
    message Status { int32 code = 1; string message = 2; }`);
  const encode = (...list: object[]): Uint8Array => {
    const type = root.lookupType('Request');
    return type.encode(type.fromObject({ a: [{ a: [{ a: list }] }] })).finish();
  };
  const decode = async (type: string, response: Response): Promise<object> => {
    const message = root.lookupType(type);
    return message.toObject(message.decode(new Uint8Array(await response.arrayBuffer())), { longs: Number });
  };

  it('answers success with an empty body, and rejected spans with a partial success', async () => {
    await withHost({}, async (host) => {
      const good = { trace: Buffer.from(traceId, 'hex'), span: Buffer.from(spanId, 'hex'), state: 'a=b' };
      const success = await post(host, '/v1/traces', encode(good), proto);
      expect([
        success.status,
        success.headers.get('content-type'),
        (await success.arrayBuffer()).byteLength,
      ]).toEqual([200, 'application/x-protobuf', 0]);

      const partial = await post(host, '/v1/traces', encode(good, { ...good, span: Buffer.alloc(8) }), proto);
      expect(partial.status).toBe(200);
      expect(await decode('Response', partial)).toEqual({
        partial: { rejected: 1, message: expect.stringMatching(/span id/) },
      });
      expect(await spans(host)).toMatchObject([{ traceId, id: spanId }]);
    });
  });

  it('refuses bytes that are no message with 400 and a status', async () => {
    await withHost({}, async (host) => {
      const response = await post(host, '/v1/traces', new Uint8Array([255, 255, 255, 1]), proto);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        400,
        'application/x-protobuf',
      ]);
      expect(await decode('Status', response)).toMatchObject({
        code: 3,
        message: expect.stringMatching(/protobuf/),
      });
    });
  });
});

describe('the envelope of the request', () => {
  it('must be of a known type and encoding', async () => {
    await withHost({}, async (host) => {
      const text = await post(host, '/v1/traces', '{}', { 'content-type': 'text/plain' });
      expect([text.status, await text.json()]).toMatchObject([415, { received: 'text/plain' }]);
      expect((await post(host, '/v1/traces', '{}', { 'content-encoding': 'br' })).status).toBe(415);
      expect((await post(host, '/v1/traces', 'no gzip', { 'content-encoding': 'gzip' })).status).toBe(400);
      expect(
        (await post(host, '/v1/traces', '{}', { 'content-type': 'application/json; charset=utf-8' })).status,
      ).toBe(200);
    });
  });

  it('must be within the limit, before and after decompression', async () => {
    await withHost({ limits: { bodyBytes: 10_000 } }, async (host) => {
      const blank = ' '.repeat(20_000);
      const large = await post(host, '/v1/traces', `{}${blank}`);
      expect([large.status, await large.json()]).toMatchObject([
        413,
        { code: 8, message: expect.stringMatching(/10000/) },
      ]);
      const bomb = gzipSync(`{}${' '.repeat(5_000_000)}`);
      expect(bomb.byteLength).toBeLessThan(10_000);
      expect((await post(host, '/v1/traces', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
    });
  });
});
