import type { Fact, Speaker } from './fact.ts';

const weightOf: Readonly<Record<Speaker, number>> = { user: 4, assistant: 2, tool: 1 };
/** After so many items without a mention, a fact counts half. */
const halfLifeItems = 120;

/**
 * What a fact is worth: by who named it, how often, how lately, and for a file whether it was changed. The first
 * ask is the task itself and never ages.
 */
export function worthOf({ kind, by, count, first, last, how }: Fact, now: number): number {
  const isTask = kind === 'ask' && first === last && first === 0;
  const age = isTask ? 0 : Math.max(0, now - last);
  const touched = how === undefined ? 1 : /[wed]/u.test(how) ? 3 : 2;
  return weightOf[by] * touched * (1 + Math.log2(count)) * (0.1 + 0.9 * 2 ** (-age / halfLifeItems));
}

/** Best first; of equals, what was named last. The same facts always come in the same order. */
export function rankFacts(facts: Iterable<Fact>, now: number): readonly Fact[] {
  return [...facts]
    .map((fact) => ({ fact, worth: worthOf(fact, now) }))
    .toSorted(
      (left, right) =>
        right.worth - left.worth ||
        right.fact.last - left.fact.last ||
        (left.fact.text < right.fact.text ? -1 : left.fact.text > right.fact.text ? 1 : 0),
    )
    .map(({ fact }) => fact);
}
