import { describe, expect, it } from 'vitest';
import { openSource } from './open-source.ts';

const never = new AbortController().signal;

describe('openSource', () => {
  it.each([
    [
      'clickhouse://reader:pass@db.example:9000/otel?table=spans',
      'ClickHouse (http://db.example:9000, otel.spans)',
    ],
    ['clickhouse://db.example', 'ClickHouse (http://db.example:8123, default.otel_traces)'],
    ['clickhouse+https://db.example/otel', 'ClickHouse (https://db.example:8443, otel.otel_traces)'],
    ['jaeger+http://localhost:16686', 'Jaeger (http://localhost:16686)'],
    ['tempo+http://localhost:3200/tempo', 'Tempo (http://localhost:3200/tempo)'],
    ['jaeger+https://me:pass@traces.example/jaeger?lookback=7d', 'Jaeger (https://traces.example/jaeger)'],
  ])('opens %s', async (address, name) => {
    const source = openSource(address);
    expect(source.name).toBe(name);
    await source.close();
  });

  it.each([
    'otel.db',
    '',
    'http://localhost:16686',
    'jaeger://localhost',
    'jaeger+http://localhost?lookback=soon',
    'jaeger+http://localhost?traces=0',
    'jaeger+http://localhost?other=1',
    'clickhouse://localhost/otel/traces',
    'clickhouse://localhost/otel?table=a;b',
    'clickhouse://localhost/otel?secure=1',
  ])('says what was expected instead of %j', (address) => {
    expect(() => openSource(address)).toThrow(
      expect.objectContaining({ code: 'source_url', message: expect.stringContaining('Expected') }),
    );
  });

  it('never repeats a password', () => {
    for (const address of [
      'jaeger+http://me:hunter2@host?traces=x',
      'postgres://me:hunter2@host',
      'clickhouse://me:hunter2@host/a/b',
    ])
      expect(() => openSource(address)).toThrow(/^(?!.*hunter2)/s);
  });

  it('says where nobody answered', async () => {
    for (const address of [
      'tempo+http://127.0.0.1:1',
      'jaeger+http://127.0.0.1:1',
      'clickhouse://127.0.0.1:1',
    ])
      await expect(openSource(address).listSessions({ limit: 1 }, never)).rejects.toMatchObject({
        code: 'source_unreachable',
        message: expect.stringContaining('127.0.0.1:1'),
      });
  });
});
