import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Host } from '../host.ts';
import { EventReader, type ServerSentEvent } from '../testing/event-reader.ts';
import { post, withHost } from '../testing/with-host.ts';

const Message = z.object({ id: z.string(), cursor: z.number() });
const idOf = ({ data }: ServerSentEvent): string => Message.parse(data).id;

function write(host: Host, from: number, count: number, data: object = {}): Promise<Response> {
  const batch = Array.from({ length: count }, (_, index) => ({
    type: 'span',
    trace_id: 't',
    span_id: `s${from + index}`,
    data,
  }));
  return post(host, '/ingest', { batch });
}

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `s${index}`);

it('shows a hundred viewers at once everything, in order, once', async () => {
  await withHost({}, async (host) => {
    await write(host, 0, 100);
    const viewers = await Promise.all(
      Array.from({ length: 100 }, () => EventReader.open(`${host.url}/api/stream?cursor=0`)),
    );
    const reading = Promise.all(viewers.map(async (viewer) => (await viewer.take(200)).map(idOf)));
    for (let from = 100; from < 200; from += 20) await write(host, from, 20);
    for (const seen of await reading) expect(seen).toEqual(ids(200));
    expect(host.stats().streams).toBe(100);
    await Promise.all(viewers.map((viewer) => viewer[Symbol.asyncDispose]()));
    await vi.waitFor(() => expect(host.stats().streams).toBe(0));
  });
});

it('lets an EventSource that is cut off again and again miss nothing and get nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }),
      fc.constantFrom('/api/stream?cursor=0', '/events'),
      async (takes, path) => {
        await withHost({}, async (host) => {
          const total = 100;
          const writing = (async () => {
            for (let from = 0; from < total; from += 10) {
              await write(host, from, 10);
              await sleep(1);
            }
          })();
          const seen: ServerSentEvent[] = [];
          let lastId: string | undefined;
          for (const take of [...takes, total]) {
            await using stream = await EventReader.open(
              host.url + path,
              lastId === undefined ? {} : { 'last-event-id': lastId },
            );
            for (let taken = 0; taken < take && seen.length < total;) {
              const event = await stream.next();
              if (event === undefined) break;
              if (event.id === undefined) continue;
              lastId = event.id;
              seen.push(event);
              taken += 1;
            }
          }
          await writing;
          const names = seen.map(({ data }) =>
            z
              .union([
                Message,
                z.object({ span_id: z.string() }).transform((event) => ({ id: event.span_id })),
              ])
              .parse(data),
          );
          expect(names.map(({ id }) => id)).toEqual(ids(total));
        });
      },
    ),
    { numRuns: 5 },
  );
});

it('closes the stream of a reader that takes nothing for too long, and of nobody else', async () => {
  await withHost({ limits: { stalledMillis: 300 }, heartbeatMillis: 50 }, async (host) => {
    const stuck = connect(Number(new URL(host.url).port), '127.0.0.1');
    await new Promise((resolve) => stuck.once('connect', resolve));
    stuck.pause();
    stuck.write('GET /api/stream?cursor=0 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await using quiet = await EventReader.open(`${host.url}/api/stream?cursor=0`);
    const reading = quiet.take(80);
    const texts = Array.from({ length: 3 }, () => 'x'.repeat(80_000));
    for (let index = 0; index < 80; index += 1) await write(host, index, 1, { texts });
    expect((await reading).map(idOf)).toEqual(ids(80));
    await vi.waitFor(() => expect(host.stats().streams).toBe(1), { timeout: 5000 });
    await write(host, 80, 1);
    expect(idOf((await quiet.take(1))[0] ?? { id: '', data: {} })).toBe('s80');
    stuck.destroy();
  });
});

it('opens as many streams as it may, and tells the next one to come again', async () => {
  await withHost({ limits: { streams: 2 } }, async (host) => {
    const first = await EventReader.open(`${host.url}/events`);
    await using second = await EventReader.open(`${host.url}/api/stream?cursor=0`);
    expect([first.status, second.status]).toEqual([200, 200]);
    const third = await fetch(`${host.url}/api/stream`);
    expect([third.status, third.headers.get('retry-after'), await third.json()]).toMatchObject([
      503,
      '5',
      { expected: expect.stringMatching(/limits\.streams/) },
    ]);
    await first[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(host.stats().streams).toBe(1));
    await using again = await EventReader.open(`${host.url}/events`);
    expect(again.status).toBe(200);
  });
});

it('follows one session, with what a trace held before it was named there', async () => {
  await withHost({}, async (host) => {
    const inTrace = (trace_id: string, span_id: string, session?: string): object => ({
      type: 'span',
      trace_id,
      span_id,
      data: session === undefined ? {} : { 'gen_ai.conversation.id': session },
    });
    const send = (...batch: readonly object[]): Promise<Response> => post(host, '/ingest', { batch });
    await send(inTrace('t', 'a', 'mine'), inTrace('u', 'b'), inTrace('v', 'c', 'other'), inTrace('t', 'd'));
    await using stream = await EventReader.open(`${host.url}/api/stream?session=mine&cursor=0`);
    expect((await stream.take(2)).map(idOf)).toEqual(['a', 'd']);
    await send(inTrace('u', 'e'), inTrace('v', 'f'));
    await send(inTrace('u', 'g', 'mine'), inTrace('t', 'h'));
    const later = await stream.take(4);
    expect(later.map(idOf)).toEqual(['b', 'e', 'g', 'h']);
    expect(later.map(({ id }) => id === undefined)).toEqual([true, true, false, false]);
  });
});
