import type { Counter } from './counter.ts';

/** More texts than this are not fixed parts of a prompt. */
const maxTexts = 64;

/** Counts a text that comes again and again (instructions, tool schemas) once. */
export function rememberCounts(counter: Counter): Counter {
  const known = new Map<string, number>();
  return {
    name: counter.name,
    basis: counter.basis,
    count: (text) => {
      const found = known.get(text);
      if (found !== undefined) return found;
      const count = counter.count(text);
      if (known.size >= maxTexts) known.clear();
      known.set(text, count);
      return count;
    },
  };
}
