import type { Counter } from './counter.ts';

export type RememberOptions = {
  /** A longer text is counted each time, in UTF-16 units. */
  readonly longestText?: number;
  /** What is remembered in all, in UTF-16 units; more, and it starts anew. */
  readonly mostUnits?: number;
};

/**
 * Counts a text that comes again once: instructions and tool schemas come with every call, and what a plan shortens
 * an item to is weighed by the plan, by the copy that is made of it, and by the next compaction.
 */
export function rememberCounts(
  counter: Counter,
  { longestText = Infinity, mostUnits = 4_000_000 }: RememberOptions = {},
): Counter {
  const known = new Map<string, number>();
  let units = 0;
  return {
    name: counter.name,
    basis: counter.basis,
    ...(counter.prepare === undefined ? {} : { prepare: counter.prepare.bind(counter) }),
    ...(counter.countInSteps === undefined ? {} : { countInSteps: counter.countInSteps.bind(counter) }),
    count: (text) => {
      if (text.length > longestText) return counter.count(text);
      const found = known.get(text);
      if (found !== undefined) return found;
      const count = counter.count(text);
      units += text.length;
      if (units > mostUnits) {
        known.clear();
        units = text.length;
      }
      known.set(text, count);
      return count;
    },
  };
}
