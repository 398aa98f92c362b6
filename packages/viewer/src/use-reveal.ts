import { useMemo, useState, useSyncExternalStore } from 'react';
import { createRevealStore, type RevealStore } from './privacy/reveal-store.ts';

/**
 * Which hidden payloads a reader has asked to see. What is not revealed is not in the page. A key is the id of a
 * compaction, a slash and the field: `run-7/summary`.
 */
export type Reveal = {
  readonly isRevealed: (key: string) => boolean;
  readonly set: (key: string, isRevealed: boolean) => void;
  readonly hideAll: () => void;
  /** How many are revealed now. */
  readonly count: number;
  /** Fetches a text that is stored elsewhere, where the host can. */
  readonly load?: LoadText | undefined;
};

/** Fetches the text that is stored at an address, as a record names it. */
export type LoadText = (ref: string, signal: AbortSignal) => Promise<string>;

/** Told of each payload that a reader uncovers: the compaction's id, and the field. */
export type OnReveal = (id: string, field: string) => void;

/** Keeps what was revealed in memory only: a reload hides everything again. */
export function useReveal(onReveal?: OnReveal): Reveal {
  const [store] = useState(createRevealStore);
  return useRevealStore(store, onReveal);
}

/** What was revealed in a store that several views share. */
export function useRevealStore(store: RevealStore, onReveal?: OnReveal, load?: LoadText): Reveal {
  const keys = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
  return useMemo(
    () => ({
      isRevealed: (key) => keys.has(key),
      set(key, isRevealed) {
        if (isRevealed && !keys.has(key)) tell(key, onReveal);
        store.set(key, isRevealed);
      },
      hideAll: () => store.hideAll(),
      count: keys.size,
      load,
    }),
    [keys, store, onReveal, load],
  );
}

function tell(key: string, onReveal: OnReveal | undefined): void {
  const slash = key.indexOf('/');
  onReveal?.(key.slice(0, slash), key.slice(slash + 1));
}
