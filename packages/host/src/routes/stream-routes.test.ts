import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StreamMessage } from '@clew/trace-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Host } from '../host.ts';
import { EventReader, type ServerSentEvent } from '../testing/event-reader.ts';
import { get, post, withHost } from '../testing/with-host.ts';

const span = (id: string, more: object = {}): object => ({
  type: 'span',
  trace_id: 't',
  span_id: id,
  ...more,
});

async function ingest(host: Host, ...batch: object[]): Promise<void> {
  expect((await post(host, '/ingest', { batch })).status).toBe(200);
}

const idOf = ({ data }: ServerSentEvent): string => z.object({ id: z.string() }).parse(data).id;

describe('GET /api/stream', () => {
  it('sends what is stored and then what comes, each message in the shape of wire.ts', async () => {
    await withHost({ now: () => 1_700_000_000_000 }, async (host) => {
      await ingest(host, span('a', { name: 'n', data: { x: 1 } }), {
        type: 'trace',
        trace_id: 't',
        name: 'run',
      });
      await using stream = await EventReader.open(`${host.url}/api/stream?cursor=0`);
      const first = 1_700_000_000_000_001;
      expect(await stream.take(2)).toEqual([
        {
          id: String(first),
          data: {
            type: 'span',
            traceId: 't',
            id: 'a',
            name: 'n',
            attrs: { x: 1 },
            source: 'ariadne',
            cursor: first,
          },
        },
        { id: String(first + 1), data: { type: 'trace', traceId: 't', name: 'run', cursor: first + 1 } },
      ]);
      expect(host.stats().streams).toBe(1);

      await ingest(host, span('a', { status: 'ok' }));
      expect(await stream.take(1)).toMatchObject([
        { data: { id: 'a', name: 'n', status: 'ok', cursor: first + 2 } },
      ]);
    });
  });

  it('sends only what trace-model can read, links included', async () => {
    await withHost({}, async (host) => {
      const [traceId, spanId] = ['a'.repeat(32), 'b'.repeat(16)];
      const links = [{ traceId, spanId: 'c'.repeat(16) }];
      const member = { traceId, spanId, name: 'chat m', kind: 3, links, status: { code: 2, message: 'no' } };
      await post(host, '/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [member] }] }] });
      await ingest(host, span('s'), { type: 'trace', trace_id: 't', group_id: 'g', metadata: { k: 'v' } });
      await using stream = await EventReader.open(`${host.url}/api/stream`);
      const [otlp, ariadne, trace] = (await stream.take(3)).map(({ data }) => StreamMessage.parse(data));
      expect(otlp).toMatchObject({
        links: [{ traceId, id: 'c'.repeat(16) }],
        statusMessage: 'no',
        source: 'otlp',
      });
      expect(ariadne).toMatchObject({ type: 'span', id: 's', attrs: {} });
      expect(trace).toMatchObject({ type: 'trace', traceId: 't', groupId: 'g' });
    });
  });

  it('goes on after the cursor asked for; Last-Event-ID goes before it', async () => {
    await withHost({}, async (host) => {
      await ingest(host, span('a'), span('b'), span('c'));
      const head = host.stats().cursor;
      await using byCursor = await EventReader.open(`${host.url}/api/stream?cursor=${head - 2}`);
      expect((await byCursor.take(2)).map(idOf)).toEqual(['b', 'c']);
      const headers = { 'last-event-id': String(head - 1) };
      await using byHeader = await EventReader.open(`${host.url}/api/stream?cursor=0`, headers);
      expect((await byHeader.take(1)).map(idOf)).toEqual(['c']);
    });
  });

  it('starts over for a reader that comes with the cursor of an earlier database', async () => {
    let clock = 1_700_000_000_000;
    const now = (): number => (clock += 1000);
    const before = await withHost({ now }, async (host) => {
      await ingest(host, span('lost'), span('lost too'));
      return host.stats().cursor;
    });
    await withHost({ now }, async (host) => {
      await ingest(host, span('new'));
      for (const cursor of [before, before * 2]) {
        await using stream = await EventReader.open(`${host.url}/api/stream?cursor=${cursor}`);
        expect((await stream.take(1)).map(idOf)).toEqual(['new']);
      }
    });
  });

  it.each(['x', '-1', '1.5', '99999999999999999'])(
    'refuses the cursor %s and says what is expected',
    async (cursor) => {
      await withHost({}, async (host) => {
        const response = await fetch(`${host.url}/api/stream?cursor=${cursor}`);
        expect([response.status, await response.json()]).toMatchObject([
          400,
          { expected: expect.stringMatching(/whole number/), received: cursor },
        ]);
      });
    },
  );

  it('sends a comment after a silence', async () => {
    await withHost({ heartbeatMillis: 20 }, async (host) => {
      await using stream = await EventReader.open(`${host.url}/api/stream`);
      const first = stream.next();
      await sleep(100);
      await ingest(host, span('a'));
      await first;
      expect(stream.comments).toContain(': heartbeat');
    });
  });

  it('gives every reader every span once and in order, whoever writes and whenever it comes', async () => {
    const plan = fc.record({
      writers: fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), {
        minLength: 1,
        maxLength: 4,
      }),
      readersJoinAfter: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ writers, readersJoinAfter }) => {
        await withHost({}, async (host) => {
          const total = writers.flat().reduce((sum, size) => sum + size, 0);
          const write = async (sizes: readonly number[], writer: number): Promise<void> => {
            for (const [batch, size] of sizes.entries()) {
              await ingest(
                host,
                ...Array.from({ length: size }, (_, index) => span(`${writer}-${batch}-${index}`)),
              );
            }
          };
          const read = async (joinAfter: number): Promise<readonly string[]> => {
            await sleep(joinAfter);
            await using stream = await EventReader.open(`${host.url}/api/stream?cursor=0`);
            return (await stream.take(total)).map(idOf);
          };
          const [readings] = await Promise.all([
            Promise.all(readersJoinAfter.map(read)),
            Promise.all(writers.map(write)),
          ]);
          const stored = z
            .object({ spans: z.array(z.object({ id: z.string() })) })
            .parse(await get(host, '/api/spans?limit=1000'));
          expect(stored.spans.length).toBe(Math.min(total, 1000));
          const inOrder = readings[0] ?? [];
          expect(inOrder.slice(0, 1000)).toEqual(stored.spans.map(({ id }) => id));
          expect(new Set(inOrder).size).toBe(total);
          for (const reading of readings) expect(reading).toEqual(inOrder);
        });
      }),
      { numRuns: 12 },
    );
  });

  it('ends at the newest state of spans that are written again and again meanwhile', async () => {
    await withHost({}, async (host) => {
      await using stream = await EventReader.open(`${host.url}/api/stream?cursor=0`);
      const versions = 60;
      const write = async (): Promise<void> => {
        for (let version = 1; version <= versions; version += 1) {
          await ingest(host, ...['a', 'b', 'c'].map((id) => span(id, { data: { version } })));
        }
      };
      const writing = write();
      const Seen = z.object({ id: z.string(), cursor: z.number(), attrs: z.object({ version: z.number() }) });
      const newest = new Map<string, number>();
      let cursor = 0;
      while ([...newest.values()].filter((version) => version === versions).length < 3) {
        const event = await stream.next();
        const seen = Seen.parse(event?.data);
        expect(seen.cursor).toBeGreaterThan(cursor);
        expect(seen.attrs.version).toBeGreaterThan(newest.get(seen.id) ?? 0);
        cursor = seen.cursor;
        newest.set(seen.id, seen.attrs.version);
      }
      await writing;
      expect(host.stats()).toMatchObject({ spans: 3, accepted: 3 * versions, cursor });
    });
  });

  it('lets a reader that stood still catch up with everything, and does not wait for one that never reads', async () => {
    await withHost({}, async (host) => {
      const stuck = connect(Number(new URL(host.url).port), '127.0.0.1');
      await new Promise((resolve) => stuck.once('connect', resolve));
      stuck.pause();
      stuck.write('GET /api/stream?cursor=0 HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await using slow = await EventReader.open(`${host.url}/api/stream?cursor=0`);

      const count = 120;
      const text = 'x'.repeat(200_000);
      for (let index = 0; index < count; index += 1)
        await ingest(host, span(`s${index}`, { data: { text } }));
      expect((await slow.take(count)).map(idOf)).toEqual(
        Array.from({ length: count }, (_, index) => `s${index}`),
      );
      expect(host.stats().streams).toBe(2);
      stuck.destroy();
    });
  });

  it('answers HEAD with its headers, and opens nothing for it', async () => {
    await withHost({}, async (host) => {
      const response = await fetch(`${host.url}/api/stream`, { method: 'HEAD' });
      expect(response.headers.get('content-type')).toMatch('text/event-stream');
      expect(host.stats().streams).toBe(0);
    });
  });

  it('ends when the host closes', async () => {
    const stream = await withHost({}, async (host) => {
      await ingest(host, span('a'));
      const opened = await EventReader.open(`${host.url}/api/stream`);
      await opened.take(1);
      return opened;
    });
    expect(await stream.next()).toBeUndefined();
  });
});

describe('GET /events', () => {
  it('greets as Ariadne does, replays, and sends what comes in its event shape', async () => {
    await withHost({ now: () => 1_700_000_000_000 }, async (host) => {
      const whole = {
        type: 'span',
        trace_id: 't',
        span_id: 's',
        parent_id: 'p',
        kind: 'tool',
        name: 'n',
        started_at: '2025-01-01T00:00:00.000Z',
        ended_at: '2025-01-01T00:00:00.000500Z',
        data: { a: [1] },
        status: 'ok',
      };
      const trace = {
        type: 'trace',
        trace_id: 't',
        name: 'run',
        group_id: 'g',
        started_at: '2025-01-01T00:00:00.000Z',
        metadata: { k: 'v' },
      };
      await ingest(host, whole, trace);
      await using stream = await EventReader.open(`${host.url}/events`);
      expect((await stream.take(3)).map(({ data }) => data)).toEqual([
        { type: 'connected', timestamp: '2023-11-14T22:13:20.000Z' },
        whole,
        trace,
      ]);

      const failed = {
        traceId: 'a'.repeat(32),
        spanId: 'b'.repeat(16),
        name: 'otel',
        status: { code: 2, message: 'no' },
      };
      await post(host, '/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [failed] }] }] });
      expect(await stream.take(1)).toMatchObject([
        {
          data: {
            type: 'span',
            span_id: 'b'.repeat(16),
            status: 'error',
            data: { 'otel.status_description': 'no' },
          },
        },
      ]);
    });
  });

  it('filters by trace, by kind and by time, and lets a reconnecting browser go on', async () => {
    await withHost({}, async (host) => {
      await ingest(
        host,
        span('old', { kind: 'tool', started_at: '2024-01-01T00:00:00Z' }),
        span('new', { kind: 'llm', started_at: '2025-01-01T00:00:00Z' }),
        { ...span('other', { kind: 'tool' }), trace_id: 'u' },
      );
      const ids = async (query: string, count: number, headers = {}): Promise<unknown[]> => {
        await using stream = await EventReader.open(`${host.url}/events${query}`, headers);
        const events = await stream.take(count + 1);
        return events.slice(1).map(({ data }) => z.object({ span_id: z.string() }).parse(data).span_id);
      };
      await ingest(host, span('last', { kind: 'tool' }));
      expect(await ids('', 4)).toEqual(['old', 'new', 'other', 'last']);
      expect(await ids('?traceId=t', 3)).toEqual(['old', 'new', 'last']);
      expect(await ids('?kinds=llm,%20tool&traceId=u', 1)).toEqual(['other']);
      expect(await ids('?kinds=tool', 3)).toEqual(['old', 'other', 'last']);
      expect(await ids('?since=2024-06-01T00:00:00Z', 3)).toEqual(['new', 'other', 'last']);
      expect(await ids('', 1, { 'last-event-id': String(host.stats().cursor - 1) })).toEqual(['last']);
      expect((await fetch(`${host.url}/events?since=yesterday`)).status).toBe(400);
      expect((await fetch(`${host.url}/events?cursor=x`)).status).toBe(400);
    });
  });
});

it('says in the form of Ariadne no name that nobody gave', async () => {
  await withHost({}, async (host) => {
    await ingest(host, span('a', { kind: 'tool' }), span('b', { kind: 'tool', name: 'tool' }));
    await using stream = await EventReader.open(`${host.url}/events`);
    const [, nameless, named] = await stream.take(3);
    expect(nameless?.data).toEqual({ type: 'span', trace_id: 't', span_id: 'a', kind: 'tool' });
    expect(named?.data).toMatchObject({ span_id: 'b', name: 'tool' });
  });
});
