import type { HostLimits } from '../limits.ts';
import type { Feed } from '../store/feed.ts';
import { Changes } from './changes.ts';
import { follow, type Subscription } from './follow.ts';

/** The open streams. */
export interface Live {
  /** Tells waiting readers that the store has grown. */
  readonly changes: Changes;
  /** Nothing when there are as many streams as there may be. */
  subscribe(subscription: Subscription): ReadableStream<Uint8Array> | undefined;
  count(): number;
  /** Ends them all. */
  close(): void;
}

type LiveOptions = { readonly heartbeatMillis: number } & Pick<HostLimits, 'streams' | 'stalledMillis'>;

export function createLive(readAfter: Feed, { heartbeatMillis, streams, stalledMillis }: LiveOptions): Live {
  const changes = new Changes();
  const closing = new AbortController();
  let open = 0;
  return {
    changes,
    subscribe(subscription) {
      if (open >= streams) return undefined;
      open += 1;
      const onEnd = (): void => void (open -= 1);
      const { signal } = closing;
      return follow({ ...subscription, readAfter, changes, heartbeatMillis, stalledMillis, signal, onEnd });
    },
    count: () => open,
    close: () => closing.abort(),
  };
}
