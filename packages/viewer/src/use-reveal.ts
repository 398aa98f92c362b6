import { useCallback, useMemo, useState } from 'react';

/** Which hidden payloads a reader has asked to see. What is not revealed is not in the page. */
export type Reveal = {
  readonly isRevealed: (key: string) => boolean;
  readonly set: (key: string, isRevealed: boolean) => void;
  readonly hideAll: () => void;
  /** How many are revealed now. */
  readonly count: number;
};

/** Keeps what was revealed in memory only: a reload hides everything again. */
export function useReveal(onReveal?: (key: string) => void): Reveal {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const set = useCallback(
    (key: string, isRevealed: boolean) => {
      setKeys((before) => {
        const next = new Set(before);
        if (isRevealed) next.add(key);
        else next.delete(key);
        return next;
      });
      if (isRevealed) onReveal?.(key);
    },
    [onReveal],
  );
  return useMemo(
    () => ({ isRevealed: (key) => keys.has(key), set, hideAll: () => setKeys(new Set()), count: keys.size }),
    [keys, set],
  );
}
