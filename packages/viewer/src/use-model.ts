import type { Model } from '@clew/trace-model';
import { useSyncExternalStore } from 'react';
import type { ModelStore } from './model-store.ts';

/** The store's model, as of its latest change. */
export function useModel(store: ModelStore): Model {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
}
