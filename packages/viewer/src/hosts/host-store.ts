import type { TraceFeed, TraceHost } from '../plugin/trace-host.ts';

/** A host outside React, for `useHost`: it keeps the selection itself. */
export type HostStore = {
  readonly getSnapshot: () => TraceHost;
  readonly subscribe: (listener: () => void) => () => void;
};

export type HostOptions = Pick<TraceHost, 'onReveal' | 'load'>;

/** Makes a host of a feed. */
export function createHostStore(feed: TraceFeed, options: HostOptions = {}): HostStore {
  const listeners = new Set<() => void>();
  const become = (next: TraceHost): void => {
    host = next;
    for (const listener of listeners) listener();
  };
  let host: TraceHost = {
    ...options,
    feed,
    selection: undefined,
    select: (selection) => become({ ...host, selection }),
  };
  return {
    getSnapshot: () => host,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
