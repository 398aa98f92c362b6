import { createChooser } from './choose-facts.ts';
import type { Chooser } from './choose-facts.ts';
import type { Fact } from './fact.ts';
import { splitPath } from './path-list.ts';
import { renderSheet } from './render-sheet.ts';

export type SheetInput = {
  readonly facts: readonly Fact[];
  readonly now: number;
  readonly maxTokens: number;
  readonly count: (text: string) => number;
};

export type FactSheet = {
  /** Empty where there is nothing to say, or no room. */
  readonly text: string;
  readonly listed: readonly Fact[];
};

/** Of the paths, the best, which stand in full even where that leaves less room for other facts. */
const inFullRatio = 0.5;
const passes = 4;

/**
 * The facts that are worth most, under a limit. Deterministic: the same facts make the same sheet. The better half of
 * the paths stands in full, where a search finds them, and as many of the others as there is room for beside them.
 */
export function writeFactSheet(given: SheetInput): FactSheet {
  const input = { ...given, count: remembering(given.count) };
  const choose = createChooser(input.facts, input.now, input.count);
  const half = Math.ceil(input.facts.filter(({ kind }) => kind === 'path').length * inFullRatio);
  const { limit, ...sheet } = fitSheet(input, choose, half);
  const more = affordable(input, sheet, half);
  if (more === 0) return sheet;
  return fuller(input, choose, { sheet, limit, inFull: half + more }) ?? sheet;
}

type Fitted = FactSheet & { readonly limit: number };

/** The same facts, or more, with more paths in full, where that is within `maxTokens`. */
function fuller(
  { maxTokens, count }: SheetInput,
  choose: Chooser,
  { sheet, limit, inFull }: { readonly sheet: FactSheet; readonly limit: number; readonly inFull: number },
): FactSheet | undefined {
  for (const wider of [limit + maxTokens, limit]) {
    const listed = choose(wider, inFull);
    if (listed.length < sheet.listed.length) continue;
    const text = renderSheet(listed, inFull);
    if (count(text) <= maxTokens) return { text, listed };
  }
  return undefined;
}

/** The limit is approached from what a sheet really weighs. */
function fitSheet({ facts, maxTokens, count }: SheetInput, choose: Chooser, inFull: number): Fitted {
  let limit = maxTokens;
  let best: Fitted = { text: '', listed: [], limit };
  for (let pass = 0; pass < passes; pass += 1) {
    const listed = choose(limit, inFull);
    if (listed.length === 0) break;
    const text = renderSheet(listed, inFull);
    const free = maxTokens - count(text);
    if (free >= 0 && listed.length > best.listed.length) best = { text, listed, limit };
    if (free >= 0 && (listed.length === facts.length || free < maxTokens / 50)) break;
    limit += free < 0 ? free - Math.ceil(maxTokens / 100) : Math.floor(free * 0.8);
  }
  return best;
}

/** How many more paths can stand in full in what a sheet leaves free. */
function affordable({ maxTokens, count }: SheetInput, { text, listed }: FactSheet, inFull: number): number {
  let free = (maxTokens - count(text)) * 0.9;
  const later = listed.filter(({ kind }) => kind === 'path').slice(inFull);
  const end = later.findIndex((path) => {
    free -= count(` ${path.text}`) - count(` ${splitPath(path.text).name}`);
    return free < 0;
  });
  return end === -1 ? later.length : end;
}

function remembering(count: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const tokens = known.get(text) ?? count(text);
    known.set(text, tokens);
    return tokens;
  };
}
