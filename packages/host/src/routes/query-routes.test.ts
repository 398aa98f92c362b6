import { expect, it } from 'vitest';
import { get, post, withHost } from '../testing/with-host.ts';

const second = (value: number): string => new Date(Date.UTC(2025, 0, 1, 0, 0, value)).toISOString();
const millis = (value: number): number => Date.UTC(2025, 0, 1, 0, 0, value);

const run = (id: string, outcome: string, more: object = {}): object => ({
  type: 'span',
  trace_id: 'one',
  span_id: id,
  name: 'compact.run',
  data: { session_id: 's1', outcome },
  ...more,
});

const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });

const batch = [
  {
    type: 'span',
    trace_id: 'one',
    span_id: 'root',
    name: 'agent',
    started_at: second(1),
    ended_at: second(9),
  },
  run('r1', 'compacted', { parent_id: 'root', started_at: second(2) }),
  run('r2', 'noop_below', { parent_id: 'root' }),
  run('r3', 'fallback', { parent_id: 'root', status: 'error' }),
  {
    type: 'trace',
    trace_id: 'two',
    name: 'named',
    started_at: second(5),
    ended_at: second(6),
    metadata: { k: 'v' },
  },
  {
    type: 'span',
    trace_id: 'two',
    span_id: 'x',
    kind: 'tool',
    started_at: second(5),
    data: { 'gen_ai.conversation.id': 's2' },
  },
];

it('lists traces newest first, with their spans, errors and compactions counted', async () => {
  await withHost({}, async (host) => {
    await post(host, '/ingest', { batch });
    const two = {
      traceId: 'two',
      name: 'named',
      start: millis(5),
      end: millis(6),
      spanCount: 1,
      errorCount: 0,
      compactionCount: 0,
    };
    const one = {
      traceId: 'one',
      name: 'agent',
      start: millis(1),
      end: millis(9),
      spanCount: 4,
      errorCount: 1,
      compactionCount: 2,
    };
    expect(await get(host, '/api/traces')).toEqual({ traces: [two, one] });
    expect(await get(host, '/api/traces?limit=1')).toEqual({ traces: [two] });
    expect(await get(host, '/api/traces?session=s1')).toEqual({ traces: [one] });
    expect(await get(host, '/api/traces?session=s9')).toEqual({ traces: [] });
  });
});

it('counts compactions that came by OTLP, and knows their session', async () => {
  await withHost({}, async (host) => {
    const attributes = [text('compact.outcome', 'pruned_only'), text('compact.session_id', 's3')];
    const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'compact.run', attributes };
    await post(host, '/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    expect(await get(host, '/api/traces?session=s3')).toMatchObject({
      traces: [{ spanCount: 1, compactionCount: 1 }],
    });
  });
});

it('gives one trace with its spans in the order of their start', async () => {
  await withHost({}, async (host) => {
    await post(host, '/ingest', { batch: batch.toReversed() });
    expect(await get(host, '/api/traces/one')).toMatchObject({
      trace: { traceId: 'one' },
      spans: [{ id: 'root', name: 'agent' }, { id: 'r1' }, { id: 'r3' }, { id: 'r2' }],
    });
    expect(await get(host, '/api/traces/two')).toMatchObject({
      trace: { traceId: 'two', name: 'named', start: millis(5), end: millis(6), metadata: { k: 'v' } },
      spans: [{ id: 'x', name: 'tool' }],
    });
    const unknown = await fetch(`${host.url}/api/traces/three`);
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { error: 'Unknown trace', received: 'three' },
    ]);
  });
});

it('finds a trace whose id is not a path', async () => {
  await withHost({}, async (host) => {
    const id = 'a/b?c d%é';
    await post(host, '/ingest', { type: 'span', trace_id: id, span_id: 's' });
    expect(await get(host, `/api/traces/${encodeURIComponent(id)}`)).toMatchObject({
      trace: { traceId: id },
    });
  });
});

it('pages through the spans of all, or of one session', async () => {
  await withHost({}, async (host) => {
    await post(host, '/ingest', { batch });
    const first = await get(host, '/api/spans?cursor=0&limit=3');
    const start = host.stats().cursor - batch.length;
    expect(first).toMatchObject({
      spans: [{ id: 'root' }, { id: 'r1' }, { id: 'r2' }],
      cursor: start + 3,
      more: true,
    });
    const rest = await get(host, `/api/spans?cursor=${start + 3}&limit=3`);
    expect(rest).toMatchObject({ spans: [{ id: 'r3' }, { id: 'x' }], cursor: start + 6, more: false });
    expect(await get(host, `/api/spans?cursor=${start + 6}`)).toEqual({
      spans: [],
      cursor: start + 6,
      more: false,
    });
    expect(await get(host, '/api/spans?session=s2')).toMatchObject({ spans: [{ id: 'x' }], more: false });
  });
});

it('ends a page of spans before it grows too large', async () => {
  await withHost({}, async (host) => {
    for (let index = 0; index < 30; index += 1) {
      await post(host, '/ingest', {
        type: 'span',
        trace_id: 't',
        span_id: `s${index}`,
        data: { texts: ['a', 'b', 'c'].map((letter) => letter.repeat(80_000)) },
      });
    }
    const page = await get(host, '/api/spans?limit=1000');
    expect(page).toMatchObject({ more: true });
    expect(JSON.stringify(page).length).toBeLessThan(4_500_000);
  });
});

it.each(['/api/traces?limit=0', '/api/traces?limit=1001', '/api/spans?limit=x', '/api/spans?cursor=-1'])(
  'refuses %s and says what is expected',
  async (path) => {
    await withHost({}, async (host) => {
      const response = await fetch(host.url + path);
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { expected: expect.stringMatching(/whole number/) },
      ]);
    });
  },
);

it('tells its health as Ariadne does', async () => {
  await withHost({ now: () => 0 }, async (host) => {
    await post(host, '/ingest', { batch });
    expect(await get(host, '/healthz')).toEqual({
      status: 'ok',
      timestamp: '1970-01-01T00:00:00.000Z',
      events: { count: 6, capacity: expect.any(Number) },
    });
  });
});
