import type { StreamMessage } from '@clew/trace-model';
import { followStream, retryDelay, type ConnectionState } from '@clew/viewer/hosts';
import type { HostApi } from './host-api.ts';
import type { Live } from './session-feed.ts';

/** What a host writes from now on, told to whoever listens. What was written before is asked for, never sent unasked. */
export type LiveHost = {
  readonly live: Live;
  /** Connects, and stays connected until it is stopped. */
  readonly start: (onState: (state: ConnectionState) => void) => () => void;
};

export function createLiveHost(api: Pick<HostApi, 'readHead'>, url: string): LiveHost {
  const listeners = new Set<(message: StreamMessage) => void>();
  const tell = (message: StreamMessage): void => {
    for (const listener of listeners) listener(message);
  };

  const start = (onState: (state: ConnectionState) => void): (() => void) => {
    const stopped = new AbortController();
    let stopStream: (() => void) | undefined;
    const connect = async (): Promise<void> => {
      for (let attempt = 1; !stopped.signal.aborted; attempt += 1) {
        const from = await api.readHead(stopped.signal).catch(() => undefined);
        if (stopped.signal.aborted) return;
        if (from !== undefined) {
          stopStream = followStream({
            url,
            from,
            onSpan: (span) => tell({ type: 'span', cursor: span.revision, ...span }),
            onTrace: (trace) => tell({ type: 'trace', cursor: undefined, ...trace }),
            onState,
          });
          return;
        }
        onState({ state: 'reconnecting', attempt });
        await new Promise((resolve) => setTimeout(resolve, retryDelay(attempt)));
      }
    };
    onState({ state: 'connecting' });
    void connect();
    return () => {
      stopped.abort();
      stopStream?.();
    };
  };

  return {
    start,
    live: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
