/** Which hidden payloads a reader has asked to see, by key. In memory only: a reload hides everything again. */
export type RevealStore = {
  readonly getSnapshot: () => ReadonlySet<string>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly set: (key: string, isRevealed: boolean) => void;
  readonly hideAll: () => void;
};

export function createRevealStore(): RevealStore {
  const listeners = new Set<() => void>();
  let keys: ReadonlySet<string> = new Set();
  const become = (next: ReadonlySet<string>): void => {
    keys = next;
    for (const listener of listeners) listener();
  };
  return {
    getSnapshot: () => keys,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(key, isRevealed) {
      if (keys.has(key) === isRevealed) return;
      become(isRevealed ? new Set([...keys, key]) : new Set([...keys].filter((other) => other !== key)));
    },
    hideAll() {
      if (keys.size > 0) become(new Set());
    },
  };
}
