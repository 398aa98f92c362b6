import type { TraceFeed, TraceHost } from '../plugin/trace-host.ts';
import { createRevealStore, type RevealStore } from '../privacy/reveal-store.ts';
import { useRevealStore, type Reveal } from '../use-reveal.ts';

const stores = new WeakMap<TraceFeed, RevealStore>();

/** What was revealed of a feed: the same in all its slots, and gone with the feed. */
export function useHostReveal({ feed, onReveal, load }: TraceHost): Reveal {
  const store = stores.get(feed) ?? createRevealStore();
  stores.set(feed, store);
  return useRevealStore(store, onReveal, load);
}
