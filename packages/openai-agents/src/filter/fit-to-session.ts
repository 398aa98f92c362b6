import { agents } from '@clew/core';
import type { AgentInputItem } from '@openai/agents-core';
import { matchItems } from './match-items.ts';

/**
 * What a filter may give back to the runner in place of `given`, so that no session is changed by it.
 *
 * After a filter the runner looks for the source of each item, by identity, then by content, and else takes the next
 * item that was left out. What it finds among the run's own input it writes to the session as it stands; what has no
 * source it writes as if it were new. So each item that is not `given`'s is written into an object of `given` that
 * has the same source or, where there is none, that left and was not the run's input: its identity then leads the
 * runner to an item that the session has already. The run's own input is given back whole: the session has not
 * seen it yet, and what the runner does not get back it never writes.
 *
 * @param given the runner's copies, which a filter may change
 * @param wanted what the engine would send
 */
export function fitToSession(
  given: readonly AgentInputItem[],
  wanted: readonly AgentInputItem[],
): AgentInputItem[] {
  const sources = matchItems(given, wanted);
  const own = ownInputs(given);
  const taken = new Set(sources.filter((index) => index !== undefined));
  const left = given.map((_, index) => index).filter((index) => !taken.has(index) && !own.has(index));
  // Tools and models have never been a run's input, unless the caller made up a history.
  const carriers = left.toSorted((a, b) => Number(isInput(given[a])) - Number(isInput(given[b])) || a - b);
  const placed = wanted.flatMap((item, index) => {
    const source = sources[index] ?? carriers.shift();
    const place = source === undefined ? undefined : given[source];
    // The run's own input stays as it is, and what would stand for nothing but that is left out.
    return source === undefined || place === undefined || own.has(source) ? [] : overwrite(place, item);
  });
  return [...placed, ...given.filter((_, index) => own.has(index))];
}

/**
 * The positions of the run's own input at its first call: what stands behind the last thing that the model said. In
 * later calls there is none, as what stands there is what tools have answered.
 */
function ownInputs(given: readonly AgentInputItem[]): ReadonlySet<number> {
  const lastSaid = given.findLastIndex((item) => agents.inspect(item).role === 'assistant');
  const own = given.map((_, index) => index).slice(lastSaid + 1);
  return new Set(own.every((index) => isInput(given[index])) ? own : []);
}

function isInput(item: AgentInputItem | undefined): boolean {
  return (
    item !== undefined && agents.inspect(item).kind === 'message' && agents.inspect(item).role !== 'assistant'
  );
}

function overwrite(place: AgentInputItem, item: AgentInputItem): AgentInputItem {
  if (place === item) return place;
  const fields = structuredClone(item);
  for (const key of Object.keys(place)) Reflect.deleteProperty(place, key);
  return Object.assign(place, fields);
}
