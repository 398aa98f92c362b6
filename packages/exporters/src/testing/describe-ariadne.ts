import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { maxBodyBytes } from '../ariadne/ariadne-event.ts';
import { createAriadneSink } from '../ariadne/ariadne-sink.ts';
import { startTracing } from '../start-tracing.ts';
import { openEventStream } from './event-stream.ts';
import type { EventStream } from './event-stream.ts';

export type AriadneUnderTest = {
  /** The address of `/ingest`. */
  readonly url: string;
  close(): Promise<void>;
};

/**
 * What our exporter relies on of an Ariadne, in tests: run it against the double that ours are tested with, and
 * against a real one. `skip` is the reason not to run it now. `isStock: false` leaves out what a receiver of this
 * protocol may do better than Ariadne: bound chunked bodies, cut long texts anywhere, merge repeats, replay.
 */
export function describeAriadne(
  name: string,
  makeServer: () => Promise<AriadneUnderTest>,
  { skip, isStock = true }: { readonly skip?: string | undefined; readonly isStock?: boolean } = {},
): void {
  describe.skipIf(skip !== undefined)(`${name}${skip === undefined ? '' : ` (skipped: ${skip})`}`, () => {
    let server: AriadneUnderTest;
    let stream: EventStream;
    const traceId = randomBytes(16).toString('hex');
    const span = (fields: object = {}) => ({
      type: 'span',
      trace_id: traceId,
      span_id: randomBytes(8).toString('hex'),
      ...fields,
    });

    beforeAll(async () => {
      server = await makeServer();
      stream = await openEventStream(server.url, `?traceId=${traceId}`);
    });
    afterAll(async () => {
      stream.close();
      await server.close();
    });

    const send = async (
      body: NonNullable<RequestInit['body']>,
      headers: Record<string, string> = {},
      more: object = {},
    ) => {
      const response = await fetch(server.url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
        ...more,
      });
      const answer: unknown = await response.json();
      return { status: response.status, answer };
    };
    const sendJson = (body: unknown) => send(JSON.stringify(body));
    const seen = (spanId: string) => stream.events.find((event) => event['span_id'] === spanId);
    const untilSeen = (spanId: string) =>
      vi.waitFor(() => {
        const event = seen(spanId);
        expect(event).toBeDefined();
        return event;
      });

    test('takes one event, and a batch', async () => {
      expect(await sendJson(span())).toEqual({ status: 200, answer: { success: true, count: 1 } });
      expect(await sendJson({ batch: [span(), { type: 'trace', trace_id: traceId }] })).toEqual({
        status: 200,
        answer: { success: true, count: 2 },
      });
      expect(await sendJson({ batch: [] })).toMatchObject({ status: 200 });
    });

    test.each([
      ['a bare list', [span()]],
      ['a list under another name', { events: [span()] }],
      ['a parent that is null', span({ parent_id: null })],
      ['an offset instead of Z', span({ started_at: '2026-11-20T10:00:00+00:00' })],
      ['a number as a time', span({ started_at: 1 })],
      [
        'an end before the start',
        span({ started_at: '2026-11-20T10:00:01Z', ended_at: '2026-11-20T10:00:00Z' }),
      ],
      ['a status of its own', span({ status: 'unset' })],
      ['an empty id', span({ span_id: '' })],
      ['metadata that are not text', { type: 'trace', trace_id: traceId, metadata: { turns: 3 } }],
      ['an unknown type', span({ type: 'log' })],
    ])('refuses %s with 400', async (_what, body) => {
      expect(await sendJson(body)).toMatchObject({ status: 400 });
    });

    test('one bad event fails its whole batch', async () => {
      const good = span();
      const after = span();
      expect(await sendJson({ batch: [good, span({ parent_id: null })] })).toMatchObject({ status: 400 });
      await sendJson(after);
      await untilSeen(after.span_id);
      expect(seen(good.span_id)).toBeUndefined();
    });

    test('takes nanoseconds, and ends that differ from the start by less than a millisecond', async () => {
      const times = {
        started_at: '2026-11-20T10:00:00.123456789Z',
        ended_at: '2026-11-20T10:00:00.123000000Z',
      };
      expect(await sendJson(span(times))).toMatchObject({ status: 200 });
    });

    test('takes a body of exactly the limit and refuses one byte more', async () => {
      const frame = JSON.stringify({ batch: [span({ data: { texts: [''] } })] }).length;
      const sized = (bytes: number) =>
        sendJson({ batch: [span({ data: { texts: ['x'.repeat(bytes - frame)] } })] });
      expect(await sized(maxBodyBytes)).toMatchObject({ status: 200 });
      expect(await sized(maxBodyBytes + 1)).toMatchObject({ status: 413 });
    });

    test.runIf(isStock)('measures by Content-Length alone: a chunked body of any size passes', async () => {
      const text = JSON.stringify(span({ data: { text: 'x'.repeat(2 * maxBodyBytes) } }));
      const body = new Blob([text]).stream();
      expect(await send(body, {}, { duplex: 'half' })).toMatchObject({ status: 200 });
    });

    test('answers 500 to gzip and to what is no JSON', async () => {
      const zipped = gzipSync(JSON.stringify(span()));
      expect(await send(zipped, { 'content-encoding': 'gzip' })).toMatchObject({ status: 500 });
      expect(await send('{"batch":')).toMatchObject({ status: 500 });
      if (isStock) expect(await sendJson(null)).toMatchObject({ status: 500 });
    });

    test.runIf(isStock)(
      'streams each event without the keys that it does not know, long texts cut',
      async () => {
        const event = span({
          name: 'n'.repeat(2000),
          links: [1],
          data: { text: 'x'.repeat(110_000), nested: { texts: ['x'.repeat(110_000)] }, nothing: null },
        });
        await sendJson(event);
        expect(await untilSeen(event.span_id)).toEqual({
          ...span({ span_id: event.span_id }),
          name: `${'n'.repeat(1024)}... [truncated]`,
          data: {
            text: `${'x'.repeat(102_400)}... [truncated]`,
            nested: { texts: ['x'.repeat(110_000)] },
            nothing: null,
          },
        });
      },
    );

    test.runIf(isStock)('streams an event twice when it is sent twice', async () => {
      const event = span();
      await sendJson({ batch: [event, event] });
      await vi.waitFor(() => {
        expect(stream.events.filter((other) => other['span_id'] === event.span_id)).toHaveLength(2);
      });
    });

    test.runIf(isStock)('replays nothing to those who come late', async () => {
      const before = span();
      const after = span();
      await sendJson(before);
      const late = await openEventStream(server.url, `?traceId=${traceId}`);
      await sendJson(after);
      await vi.waitFor(() => expect(late.events).not.toHaveLength(0));
      late.close();
      expect(late.events.map((event) => event['span_id'])).toEqual([after.span_id]);
    });

    test('gets whole what our sink sends in a burst', async () => {
      const sink = createAriadneSink({ url: server.url });
      const { tracer, shutdown } = startTracing({ serviceName: 'contract', sinks: [sink] });
      const spans = Array.from({ length: 500 }, (_, number) => {
        const started = tracer('contract').startSpan(`burst ${number}`, { root: true });
        started.setAttribute('text', 'x'.repeat(1000)).end();
        return started.spanContext();
      });
      const all = await openEventStream(server.url);
      await shutdown();
      expect(sink.stats()).toMatchObject({ emitted: 1000, delivered: 1000, dropped: {}, pending: 0 });
      await vi.waitFor(() => {
        const ids = new Set(all.events.map((event) => event['span_id']));
        expect(spans.filter(({ spanId }) => !ids.has(spanId))).toEqual([]);
      });
      all.close();
    });

    test('says that it is well', async () => {
      const response = await fetch(new URL('/healthz', server.url));
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ status: 'ok' });
    });
  });
}
