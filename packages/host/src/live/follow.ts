import { setImmediate } from 'node:timers/promises';
import type { Feed, FeedItem } from '../store/feed.ts';
import type { Changes } from './changes.ts';
import { encodeChosen, encodePage, type Chosen, type Encode } from './encode-page.ts';

export type Subscription = {
  /** The stream starts behind this cursor. */
  readonly cursor: number;
  /** Sent first. */
  readonly greeting: string;
  readonly encode: Encode;
  /** What of a page, and of before it, this reader gets; without it, the page. */
  readonly select?: Select | undefined;
  /** Called when the client has taken nothing for too long: closes its connection. */
  readonly onStall: () => void;
};

/** Items that came before the page are sent without an id: nobody can go on from them. */
export type Select = (page: readonly FeedItem[], after: number) => Chosen;

export type FollowOptions = Subscription & {
  readonly readAfter: Feed;
  readonly changes: Changes;
  /** Silence after which a comment is sent. */
  readonly heartbeatMillis: number;
  readonly stalledMillis: number;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  readonly onEnd: () => void;
};

const HEARTBEAT = new TextEncoder().encode(': heartbeat\n\n');

/**
 * A server-sent event stream of everything after a cursor: what is stored, then what comes. It is pulled: the
 * next page is read from the store when the client has taken the last one, so that a slow client costs one
 * page of memory however far behind it is, and sees no gap and no repeat.
 */
export function follow(options: FollowOptions): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const next = createPager(options, AbortSignal.any([options.signal, left.signal]));
  let stalled: NodeJS.Timeout | undefined;
  const watch = (): void => {
    stalled = setTimeout(options.onStall, options.stalledMillis).unref();
  };

  return new ReadableStream(
    {
      start(controller) {
        controller.enqueue(new TextEncoder().encode(options.greeting));
        watch();
      },
      async pull(controller) {
        clearTimeout(stalled);
        // A store that fails ends the stream; the client comes again, from where it was.
        const events = await next().catch(() => undefined);
        if (left.signal.aborted) return;
        if (events !== undefined) {
          controller.enqueue(events);
          return watch();
        }
        controller.close();
        options.onEnd();
      },
      cancel() {
        clearTimeout(stalled);
        left.abort();
        options.onEnd();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Gives the bytes of the next page that holds anything for this reader, a heartbeat, or nothing at the end. */
function createPager(options: FollowOptions, signal: AbortSignal): () => Promise<Uint8Array | undefined> {
  const { readAfter, changes, encode, select, heartbeatMillis } = options;
  let cursor = options.cursor;

  return async () => {
    for (let quiet = false; ;) {
      // A fast client could otherwise hold the event loop for the whole of a long replay.
      await setImmediate();
      if (signal.aborted) return undefined;
      const page = readAfter(cursor);
      const events =
        select === undefined ? encodePage(page, encode) : encodeChosen(select(page, cursor), encode);
      cursor = page.at(-1)?.cursor ?? cursor;
      if (events.byteLength > 0) return events;
      if (quiet) return HEARTBEAT;
      // Not a tick lies between finding nothing and waiting, so that no announcement falls in between.
      if (page.length === 0) quiet = (await changes.wait(heartbeatMillis, signal)) === 'timeout';
    }
  };
}
