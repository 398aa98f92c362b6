import { Hono, type Context } from 'hono';
import { toAriadne } from '../ariadne/to-ariadne.ts';
import type { Subscription } from '../live/follow.ts';
import type { FeedItem } from '../store/feed.ts';
import type { StreamMessage } from '../wire.ts';
import type { HostContext } from './context.ts';
import { eventFilter } from './event-filter.ts';
import { readCursor } from './query.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // Proxies that hold answers back would hold this one forever.
  'x-accel-buffering': 'no',
};

/** The live streams: the viewer's own, and Ariadne's. */
export function streamRoutes({ live, store, now }: HostContext): Hono {
  /** A cursor ahead of this database comes from another one: its reader starts at the beginning. */
  const startOf = (asked: number): number => (asked > store.totals().cursor ? 0 : asked);

  /** The answer that stays open; HEAD asks for its headers only, and opens nothing. */
  const eventStream = (c: Context, subscription: Subscription): Response =>
    new Response(c.req.method === 'HEAD' ? null : live.subscribe(subscription), { headers });

  return new Hono()
    .get('/api/stream', (c) => {
      const cursor = readCursor(c);
      if (typeof cursor !== 'number') return c.json(cursor, 400);
      return eventStream(c, { cursor: startOf(cursor), greeting: 'retry: 1000\n\n', encode });
    })
    .get('/events', (c) => {
      const cursor = readCursor(c);
      const filter = eventFilter(c.req.query());
      if (typeof cursor !== 'number') return c.json(cursor, 400);
      if (filter === undefined) {
        return c.json({ error: 'Invalid since parameter', expected: 'an ISO 8601 time' }, 400);
      }
      return eventStream(c, {
        cursor: startOf(cursor),
        greeting: `data: ${JSON.stringify({ type: 'connected', timestamp: new Date(now()).toISOString() })}\n\n`,
        encode: ({ message }) => (filter(message) ? encodeForAriadne(message) : ''),
      });
    });
}

function encode({ cursor, json }: FeedItem): string {
  return `id: ${cursor}\ndata: ${json}\n\n`;
}

/** The id, which Ariadne does not send, lets a browser that reconnects go on where it was. */
function encodeForAriadne(message: StreamMessage): string {
  return `id: ${message.cursor}\ndata: ${JSON.stringify(toAriadne(message))}\n\n`;
}
