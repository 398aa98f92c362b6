import { useSyncExternalStore } from 'react';
import type { TraceHost } from '../plugin/trace-host.ts';
import type { HostStore } from './host-store.ts';

/** A store's host, as of its latest change. */
export function useHost(store: HostStore): TraceHost {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
}
