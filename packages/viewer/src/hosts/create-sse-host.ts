import { followStream, type ConnectionState, type StreamOptions } from './cursor-stream.ts';
import { createHostStore, type HostOptions, type HostStore } from './host-store.ts';
import { createFeed } from './trace-feed.ts';

export type SseHost = HostStore & {
  /** Ends the connection. What has come stays. */
  readonly close: () => void;
};

/**
 * Follows the event stream of a Clew host (`…/api/stream`) from its beginning, and goes on at its last cursor after a
 * lost connection. A span that comes again replaces what was known of it.
 */
export function createSseHost(
  url: string,
  options: HostOptions &
    Pick<StreamOptions, 'open' | 'after'> & { readonly onState?: (state: ConnectionState) => void } = {},
): SseHost {
  const { open, after, onState = () => undefined, ...hostOptions } = options;
  const feed = createFeed();
  const close = followStream({
    url,
    onSpan: (span) => feed.add({ spans: [span] }),
    onTrace: (trace) => feed.add({ traces: [trace] }),
    onState,
    ...(open && { open }),
    ...(after && { after }),
  });
  return { ...createHostStore(feed, hostOptions), close };
}
