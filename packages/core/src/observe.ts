import type { CompactObserver, RunObserver, RunStart, Settled } from './observer.ts';

const silent: RunObserver = {
  tell: () => {},
  within: (work) => work(),
  end: () => {},
};

/** Starts an observer so that nothing it throws reaches the engine, and no work is run twice or not at all. */
export function observe(observer: CompactObserver | undefined, run: RunStart): RunObserver {
  const inner = quietly(() => observer?.start(run)) ?? silent;
  return {
    tell: (step) => quietly(() => inner.tell(step)),
    end: (result, endedAt) => quietly(() => inner.end(result, endedAt)),
    within: async <TValue>(work: () => Promise<Settled<TValue>>) => {
      let started: Promise<Settled<TValue>> | undefined;
      const once = () => (started ??= work());
      try {
        return await inner.within(once);
      } catch {
        // Either the work itself has failed, and says so again here, or only the observer has.
        return once();
      }
    },
  };
}

function quietly<TValue>(tell: () => TValue): TValue | undefined {
  try {
    return tell();
  } catch {
    return undefined;
  }
}
