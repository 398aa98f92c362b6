import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import { pluginModel, type ModelState, type PluginModel } from './plugin-model.ts';
import type { TraceFeed } from './trace-host.ts';
import type { AnyViewPlugin } from './trace-plugin.ts';

/** The models of all plugins over one feed, as of their latest changes. */
export function useModelStates(feed: TraceFeed, plugins: readonly AnyViewPlugin[]): readonly ModelState[] {
  const models = useMemo(() => plugins.map((plugin) => pluginModel(feed, plugin)), [feed, plugins]);
  const subscribe = useCallback((listener: () => void) => subscribeAll(models, listener), [models]);
  const last = useRef<readonly ModelState[]>([]);
  const getSnapshot = (): readonly ModelState[] => {
    const next = models.map((model) => model.getSnapshot());
    const isSame =
      next.length === last.current.length && next.every((state, at) => state === last.current[at]);
    if (!isSame) last.current = next;
    return last.current;
  };
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

function subscribeAll(models: readonly PluginModel[], listener: () => void): () => void {
  const stops = models.map((model) => model.subscribe(listener));
  return () => {
    for (const stop of stops) stop();
  };
}
