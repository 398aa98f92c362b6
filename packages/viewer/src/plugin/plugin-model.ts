import { systemClock, throttle } from '../throttle.ts';
import type { TraceFacts, TraceFeed } from './trace-host.ts';
import type { AnyViewPlugin } from './trace-plugin.ts';

/** A plugin's model as its slots see it: `idle` while no span has anything to do with it. */
export type ModelState =
  | { readonly state: 'idle' }
  | { readonly state: 'ready'; readonly model: unknown }
  | { readonly state: 'failed'; readonly error: unknown };

/** A plugin's model over one feed, for `useSyncExternalStore`. */
export interface PluginModel {
  getSnapshot(): ModelState;
  subscribe(listener: () => void): () => void;
}

const known = new WeakMap<TraceFeed, Map<AnyViewPlugin, PluginModel>>();

/** The one model of a plugin over a feed, whoever asks. What came before the first slot was there is in it at once. */
export function pluginModel(feed: TraceFeed, plugin: AnyViewPlugin): PluginModel {
  const ofFeed = known.get(feed) ?? new Map<AnyViewPlugin, PluginModel>();
  known.set(feed, ofFeed);
  const model = ofFeed.get(plugin) ?? createPluginModel(feed, plugin);
  ofFeed.set(plugin, model);
  return model;
}

function createPluginModel(feed: TraceFeed, plugin: AnyViewPlugin): PluginModel {
  const listeners = new Set<() => void>();
  let snapshot: ModelState = { state: 'idle' };
  let model: unknown;
  let hasMatch = false;
  let waiting: TraceFacts[] = [];

  function fold(): void {
    const facts = {
      spans: waiting.flatMap(({ spans }) => spans),
      traces: waiting.flatMap(({ traces }) => traces),
    };
    waiting = [];
    if (snapshot.state === 'failed') return;
    const before = model;
    try {
      model = plugin.model(facts, before);
      hasMatch ||= facts.spans.some((span) => plugin.match(span));
      if (!hasMatch || (model === before && snapshot.state === 'ready')) return;
      snapshot = { state: 'ready', model };
    } catch (error) {
      snapshot = { state: 'failed', error };
    }
    for (const listener of listeners) listener();
  }

  const later = throttle(fold, systemClock);
  let isBacklog = true;
  // For as long as the feed lives: a model that is built once costs less than one for each slot that comes and goes.
  feed.subscribe((facts) => {
    waiting.push(facts);
    if (!isBacklog) later();
  });
  isBacklog = false;
  fold();

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
