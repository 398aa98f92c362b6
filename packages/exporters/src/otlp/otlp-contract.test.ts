import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTracing } from '../start-tracing.ts';
import { StrictOtlp } from '../testing/strict-otlp.ts';
import { otlpSink } from './otlp-sink.ts';
import type { OtlpSinkOptions } from './otlp-sink.ts';

// What a receiver of OTLP over HTTP must take from us. `OTLP_URL=http://localhost:4318/v1/traces` runs it against a
// real one; `OTLP_JSON=no` for one that takes Protocol Buffers alone.

const real = process.env['OTLP_URL'];
const variants: readonly (readonly [string, OtlpSinkOptions])[] = [
  ['Protocol Buffers', { protocol: 'http/protobuf' }],
  ['Protocol Buffers, gzip', { protocol: 'http/protobuf', compression: 'gzip' }],
  ...(process.env['OTLP_JSON'] === 'no'
    ? []
    : [
        ['JSON', { protocol: 'http/json' }] as const,
        ['JSON, gzip', { protocol: 'http/json', compression: 'gzip' }] as const,
      ]),
];

let url = real ?? '';
const server = new StrictOtlp();
beforeAll(async () => {
  await server.start();
  url = real ?? server.url;
});
afterAll(() => server.close());

describe.each(variants)(`a receiver at ${real ?? 'StrictOtlp'} takes %s`, (_name, options) => {
  async function send(count: number, text: string) {
    const sink = otlpSink({ url, environment: {}, ...options });
    const { tracer, shutdown } = startTracing({
      serviceName: 'clew-contract',
      sinks: [sink],
      deadlineMillis: 15_000,
    });
    const root = tracer('contract', '1.0.0').startSpan('invoke_workflow contract');
    const within = trace.setSpan(ROOT_CONTEXT, root);
    for (let number = 0; number < count; number += 1) {
      const attributes = {
        'gen_ai.operation.name': 'compact',
        'compact.count.before': number,
        'compact.ratio': 0.25,
        'compact.ok': true,
        'compact.steps': ['clear', 'trim'],
        text: `${text} ü 線 ${number}`,
      };
      const links = [{ context: root.spanContext(), attributes: { why: 'contract' } }];
      tracer('contract', '1.0.0')
        .startSpan(`step ${number}`, { attributes, links }, within)
        .addEvent('noted', { number })
        .end();
    }
    root.end();
    await shutdown();
    return sink.stats();
  }

  test('every kind of value, links and events, none rejected', async () => {
    expect(await send(20, 'a')).toMatchObject({ emitted: 21, delivered: 21, dropped: {} });
  });

  test('a burst of some megabytes', async () => {
    expect(await send(1000, 'x'.repeat(4000))).toMatchObject({ emitted: 1001, delivered: 1001, dropped: {} });
  });
});
