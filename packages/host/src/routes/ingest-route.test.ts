import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { get, post, withHost } from '../testing/with-host.ts';

const span = { type: 'span', trace_id: 't', span_id: 's' };
const trace = { type: 'trace', trace_id: 't' };

const MAX = 262_144;
/** A valid event of exactly so many bytes. */
function eventOf(bytes: number): string {
  const empty = JSON.stringify({ ...span, data: { text: '' } });
  return JSON.stringify({ ...span, data: { text: 'x'.repeat(bytes - empty.length) } });
}

describe('what is accepted', () => {
  it.each([
    ['a span', span, 1],
    ['a trace', trace, 1],
    ['a batch of both', { batch: [trace, span] }, 2],
    ['an empty batch', { batch: [] }, 0],
    ['nanoseconds', { ...span, started_at: '2025-01-01T00:00:00.123456789Z' }, 1],
    ['a time without milliseconds', { ...span, started_at: '2025-01-01T00:00:00Z' }, 1],
    [
      'an end within the millisecond of the start',
      { ...span, started_at: '2025-01-01T00:00:00.0009Z', ended_at: '2025-01-01T00:00:00.0001Z' },
      1,
    ],
    ['keys that nobody knows', { ...span, links: [], timestamp: 1 }, 1],
    ['a long name', { ...span, name: 'n'.repeat(5000) }, 1],
    ['metadata of strings', { ...trace, metadata: { user: 'u' } }, 1],
  ])('%s', async (_, body, count) => {
    await withHost({}, async (host) => {
      const response = await post(host, '/ingest', body);
      expect([response.status, await response.json()]).toEqual([200, { success: true, count }]);
      expect(host.stats().accepted).toBe(count);
    });
  });
});

describe('what is refused with 400', () => {
  it.each([
    ['a bare array', [span]],
    ['the form of the old exporter', { events: [span] }],
    ['an unknown type', { ...span, type: 'log' }],
    ['no trace id', { type: 'span', span_id: 's' }],
    ['an empty span id', { ...span, span_id: '' }],
    ['a null parent', { ...span, parent_id: null }],
    ['a numeric offset', { ...span, started_at: '2025-01-01T00:00:00+00:00' }],
    ['a local time', { ...span, started_at: '2025-01-01T00:00:00' }],
    ['a day that does not exist', { ...span, started_at: '2025-02-30T00:00:00Z' }],
    [
      'an end before the start',
      { ...span, started_at: '2025-01-01T00:00:01Z', ended_at: '2025-01-01T00:00:00Z' },
    ],
    ['a third status', { ...span, status: 'unset' }],
    ['metadata of numbers', { ...trace, metadata: { turns: 3 } }],
    ['data that is null', { ...span, data: null }],
    ['a batch that is not a list', { batch: span }],
    ['a number', 7],
    ['null', null],
  ])('%s', async (_, body) => {
    await withHost({}, async (host) => {
      const response = await post(host, '/ingest', body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: 'Validation failed',
        expected: expect.any(String),
      });
      expect(host.stats()).toMatchObject({ spans: 0, accepted: 0 });
    });
  });

  it('one bad event fails the batch, and the answer says which it was', async () => {
    await withHost({}, async (host) => {
      const response = await post(host, '/ingest', { batch: [span, trace, { ...span, span_id: 3 }] });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ details: [{ path: ['batch', 2, 'span_id'] }] });
      expect(host.stats().spans).toBe(0);
    });
  });

  it('data nested a hundred thousand levels deep', async () => {
    await withHost({}, async (host) => {
      const deep = `{"type":"span","trace_id":"t","span_id":"s","data":{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`;
      expect((await post(host, '/ingest', deep)).status).toBe(400);
    });
  });
});

describe('the limit on the size', () => {
  it('takes 262,144 bytes and refuses one more with 413', async () => {
    await withHost({}, async (host) => {
      expect((await post(host, '/ingest', eventOf(MAX))).status).toBe(200);
      const refused = await post(host, '/ingest', eventOf(MAX + 1));
      expect([refused.status, await refused.json()]).toMatchObject([413, { error: 'Payload too large' }]);
    });
  });

  it('holds for a chunked body, which declares no length', async () => {
    await withHost({}, async (host) => {
      const chunked = async (text: string): Promise<number> => {
        const body = new Blob([text]).stream();
        const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
        return (await fetch(`${host.url}/ingest`, init)).status;
      };
      expect(await chunked(eventOf(MAX))).toBe(200);
      expect(await chunked(eventOf(1_200_000))).toBe(413);
      expect(host.stats().accepted).toBe(1);
    });
  });
});

it('answers 500, as Ariadne does, to what is not JSON or is compressed', async () => {
  await withHost({}, async (host) => {
    expect((await post(host, '/ingest', '{"type":')).status).toBe(500);
    expect((await post(host, '/ingest', '')).status).toBe(500);
    const zipped = await post(host, '/ingest', gzipSync(JSON.stringify(span)), {
      'content-encoding': 'gzip',
    });
    expect([zipped.status, await zipped.json()]).toMatchObject([500, { message: 'The body is not JSON.' }]);
  });
});

it('stores data as it is, times with microseconds, and long text cut as in Ariadne', async () => {
  await withHost({}, async (host) => {
    const data = { output_text: 'x'.repeat(150_000), nested: { list: [1, null, 'two'] } };
    const times = { started_at: '2025-01-01T00:00:00.000250Z', ended_at: '2025-01-01T00:00:01Z' };
    await post(host, '/ingest', {
      ...span,
      parent_id: 'p',
      kind: 'compaction',
      name: 'compact.run',
      ...times,
      data,
      status: 'error',
    });
    const start = Date.UTC(2025, 0, 1);
    expect(await get(host, '/api/traces/t')).toMatchObject({
      spans: [
        {
          id: 's',
          parentId: 'p',
          kind: 'compaction',
          name: 'compact.run',
          start: start + 0.25,
          end: start + 1000,
          status: 'error',
          attrs: { ...data, output_text: `${'x'.repeat(102_400)}... [truncated]` },
          source: 'ariadne',
        },
      ],
    });
  });
});

it('stores nothing of a body whose sender hangs up half-way', async () => {
  await withHost({}, async (host) => {
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const head = `POST /ingest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n${JSON.stringify(span)}`;
    await new Promise((resolve) => socket.write(head, resolve));
    socket.destroy();
    expect((await post(host, '/ingest', { ...span, span_id: 'after' })).status).toBe(200);
    expect(host.stats()).toMatchObject({ spans: 1, accepted: 1 });
  });
});

it('answers 503 while the database is locked, stores nothing, and takes it afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clew-locked-'));
  const database = join(folder, 'spans.db');
  await withHost({ database }, async (host) => {
    const other = new Database(database);
    other.exec('BEGIN IMMEDIATE');
    const refused = await post(host, '/ingest', span);
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { message: expect.stringMatching(/send it again/) },
    ]);
    const otlp = {
      resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }] }] }],
    };
    const refusedOtlp = await post(host, '/v1/traces', otlp);
    expect([refusedOtlp.status, await refusedOtlp.json()]).toMatchObject([503, { code: 14 }]);
    other.exec('ROLLBACK');
    other.close();
    expect((await post(host, '/ingest', span)).status).toBe(200);
    expect(host.stats()).toMatchObject({ spans: 1, accepted: 1 });
  });
  rmSync(folder, { recursive: true });
});

it('rejects a bad event by itself where the sender prefers that, and says which and why', async () => {
  await withHost({}, async (host) => {
    const prefer = { prefer: 'respond-async, handling=lenient' };
    const body = { batch: [span, { ...span, status: 'unset' }, { ...trace, trace_id: '' }, 7, trace] };
    const response = await post(host, '/ingest', body, prefer);
    expect([response.status, response.headers.get('preference-applied')]).toEqual([200, 'handling=lenient']);
    expect(await response.json()).toMatchObject({
      success: true,
      count: 2,
      rejected: [
        { index: 1, details: [{ path: ['status'] }] },
        { index: 2, details: [{ path: ['trace_id'] }] },
        { index: 3, details: [{ path: [] }] },
      ],
    });
    expect(host.stats()).toMatchObject({ spans: 1, accepted: 2, rejected: 3 });

    const good = await post(host, '/ingest', span, prefer);
    expect(await good.json()).toEqual({ success: true, count: 1, rejected: [] });
    expect((await post(host, '/ingest', [span], prefer)).status).toBe(400);
    expect((await post(host, '/ingest', '{', prefer)).status).toBe(400);
    expect((await post(host, '/ingest', body, { prefer: 'handling=strict' })).status).toBe(400);
  });
});

it('takes as many events in one request as it may, and no more', async () => {
  await withHost({ limits: { events: 2 } }, async (host) => {
    expect((await post(host, '/ingest', { batch: [span, span] })).status).toBe(200);
    const refused = await post(host, '/ingest', { batch: [span, span, span] });
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { expected: expect.stringMatching(/limits\.events/) },
    ]);
    const spans = ['1', '2', '3'].map((digit) => ({ traceId: digit.repeat(32), spanId: digit.repeat(16) }));
    const otlp = await post(host, '/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans }] }] });
    expect([otlp.status, await otlp.json()]).toMatchObject([413, { code: 8 }]);
    expect(host.stats().spans).toBe(1);
  });
});
