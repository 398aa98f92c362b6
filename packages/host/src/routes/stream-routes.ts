import { Hono, type Context } from 'hono';
import { toAriadne } from '../ariadne/to-ariadne.ts';
import type { Subscription } from '../live/follow.ts';
import type { FeedItem } from '../store/feed.ts';
import type { ErrorBody } from '../wire.ts';
import type { HostContext, HostEnv } from './context.ts';
import { eventFilter } from './event-filter.ts';
import { selectSession } from './select-session.ts';
import { readCursor } from './query.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // Proxies that hold answers back would hold this one forever.
  'x-accel-buffering': 'no',
};

/** The live streams: the viewer's own, and Ariadne's. */
export function streamRoutes({ live, store, limits, now }: HostContext): Hono<HostEnv> {
  /** A cursor ahead of this database comes from another one: its reader starts at the beginning. */
  const startOf = (asked: number): number => (asked > store.totals().cursor ? 0 : asked);

  /** The answer that stays open; HEAD asks for its headers only, and opens nothing. */
  const eventStream = (c: Context<HostEnv>, subscription: Omit<Subscription, 'onStall'>): Response => {
    if (c.req.method === 'HEAD') return new Response(null, { headers });
    const onStall = (): void => void c.env.outgoing.destroy();
    const body = live.subscribe({ ...subscription, onStall });
    if (body !== undefined) return new Response(body, { headers });
    return c.json(tooMany(limits.streams), 503, { 'retry-after': '5' });
  };

  return new Hono<HostEnv>()
    .get('/api/stream', (c) => {
      const cursor = readCursor(c);
      if (typeof cursor !== 'number') return c.json(cursor, 400);
      const session = c.req.query('session');
      const select = session === undefined ? undefined : selectSession(store, session);
      return eventStream(c, { cursor: startOf(cursor), greeting: 'retry: 1000\n\n', encode, select });
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
        encode:
          filter === 'everything'
            ? encodeForAriadne
            : (item) => (filter(item.message) ? encodeForAriadne(item) : ''),
      });
    });
}

function encode({ cursor, json }: FeedItem): string {
  return `id: ${cursor}\ndata: ${json}\n\n`;
}

/** The id, which Ariadne does not send, lets a browser that reconnects go on where it was. */
function encodeForAriadne(item: FeedItem): string {
  return `id: ${item.cursor}\ndata: ${JSON.stringify(toAriadne(item))}\n\n`;
}

function tooMany(limit: number): ErrorBody {
  return {
    error: 'Too many live streams',
    expected: `at most ${limit} at one time (limits.streams); close one, or come again later`,
  };
}
