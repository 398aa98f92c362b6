import type { CompactObserver, RunObserver, Settled } from '@clew/core';
import { once } from './once.ts';
import { quietly } from './quietly.ts';

/**
 * One observer that tells several, in their order; `within` nests, the first outermost. What one of them throws
 * reaches neither the others nor the engine, and the work runs exactly once whatever they do.
 */
export function combineObservers(...observers: readonly CompactObserver[]): CompactObserver {
  return {
    start: (run) => together(observers.flatMap((observer) => quietly(() => observer.start(run)) ?? [])),
    overflowSettled: (settled) => {
      for (const observer of observers) quietly(() => observer.overflowSettled?.(settled));
    },
  };
}

function together(runs: readonly RunObserver[]): RunObserver {
  return {
    tell: (step) => {
      for (const run of runs) quietly(() => run.tell(step));
    },
    within: async <TValue>(work: () => Promise<Settled<TValue>>) => {
      const start = once(work);
      const nested = runs.reduceRight((inner, run) => async () => run.within(inner), start);
      // What counts is what the work came to, not what the observers made of it.
      await nested().catch(() => {});
      return start();
    },
    end: (result, endedAt) => {
      for (const run of runs) quietly(() => run.end(result, endedAt));
    },
  };
}
