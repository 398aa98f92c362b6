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
/** Together, facts weigh a little less than one by one. */
const slack = 1.1;
const passes = 4;

/**
 * The facts that are worth most, under a limit. Deterministic: the same facts make the same sheet. The better half of
 * the paths stands in full, where a search finds them; all of them do as far as every fact has its place.
 */
export function writeFactSheet(given: SheetInput): FactSheet {
  const input = { ...given, count: remembering(given.count) };
  const choose = createChooser(input.facts, input.now, input.count);
  const whole = wholeSheet(input, choose, Number.POSITIVE_INFINITY);
  if (whole !== undefined) return whole;
  const paths = input.facts.filter(({ kind }) => kind === 'path').length;
  const half = Math.ceil(paths * inFullRatio);
  const sheet = fitSheet(input, choose, half);
  if (sheet.listed.length < input.facts.length) return sheet;
  return wholeSheet(input, choose, half + affordable(input, sheet, half)) ?? sheet;
}

/** A sheet of all facts, where that is within the limit. */
function wholeSheet(
  { facts, maxTokens, count }: SheetInput,
  choose: Chooser,
  inFull: number,
): FactSheet | undefined {
  const listed = choose(Math.floor(maxTokens * slack), inFull);
  if (listed.length < facts.length) return undefined;
  const text = renderSheet(listed, inFull);
  return listed.length > 0 && count(text) <= maxTokens ? { text, listed } : undefined;
}

/** The limit is approached from what a sheet really weighs. */
function fitSheet({ facts, maxTokens, count }: SheetInput, choose: Chooser, inFull: number): FactSheet {
  let limit = maxTokens;
  let best: FactSheet = { text: '', listed: [] };
  for (let pass = 0; pass < passes; pass += 1) {
    const listed = choose(limit, inFull);
    if (listed.length === 0) break;
    const text = renderSheet(listed, inFull);
    const free = maxTokens - count(text);
    if (free >= 0 && listed.length > best.listed.length) best = { text, listed };
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
