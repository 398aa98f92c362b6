import type { Feed } from '../store/feed.ts';
import { Changes } from './changes.ts';
import { follow, type Subscription } from './follow.ts';

/** The open streams. */
export interface Live {
  /** Tells them that the store has grown. */
  announce(): void;
  subscribe(subscription: Subscription): ReadableStream<Uint8Array>;
  count(): number;
  /** Ends them all. */
  close(): void;
}

export function createLive(readAfter: Feed, heartbeatMillis: number): Live {
  const changes = new Changes();
  const closing = new AbortController();
  let open = 0;
  return {
    announce: () => changes.announce(),
    subscribe(subscription) {
      open += 1;
      const onEnd = (): void => void (open -= 1);
      return follow({ ...subscription, readAfter, changes, heartbeatMillis, signal: closing.signal, onEnd });
    },
    count: () => open,
    close: () => closing.abort(),
  };
}
