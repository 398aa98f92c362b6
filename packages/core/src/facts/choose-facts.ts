import { factKinds } from './fact.ts';
import type { Fact, FactKind } from './fact.ts';
import { splitPath } from './path-list.ts';
import { rankFacts } from './rank-facts.ts';
import { factLine, latestOf, sheetFrame, titleLine } from './render-sheet.ts';
import { heirs, sheetSections } from './sheet-sections.ts';

/** After so many facts in a row that have no room, no other of their kind is tried. */
const maxMisses = 16;
const markTokens = 3;

/** The facts for a sheet of `limit` tokens, each kind in the order of its worth. */
export type Chooser = (limit: number, inFull: number) => readonly Fact[];

/** Each kind takes its share, best facts first; then what is left goes round. What a line weighs is counted once. */
export function createChooser(facts: readonly Fact[], now: number, count: (text: string) => number): Chooser {
  const ranked = new Map<FactKind, Fact[]>(factKinds.map((kind) => [kind, []]));
  for (const fact of rankFacts(facts, now)) ranked.get(fact.kind)?.push(fact);
  const latestAsk = latestOf(ranked.get('ask') ?? []);
  const lines = new Map<Fact, number>();
  const lineTokens = (fact: Fact) => {
    const tokens = lines.get(fact) ?? count(factLine(fact, fact === latestAsk));
    lines.set(fact, tokens);
    return tokens;
  };
  return (limit, inFull) => choose({ ranked, limit, inFull, lineTokens, count });
}

type Choice = {
  readonly ranked: ReadonlyMap<FactKind, readonly Fact[]>;
  readonly limit: number;
  readonly inFull: number;
  readonly lineTokens: (fact: Fact) => number;
  readonly count: (text: string) => number;
};

function choose({ ranked, limit, inFull, lineTokens, count }: Choice): readonly Fact[] {
  const queues = new Map(ranked);
  const taken = new Map<FactKind, Fact[]>(factKinds.map((kind) => [kind, []]));
  const spent = new Map<FactKind, number>();
  const folders = new Set<string>();
  let left = limit - count(sheetFrame);
  const isNextInFull = () => (taken.get('path')?.length ?? 0) < inFull;
  const costOf = (fact: Fact) => {
    if (fact.kind !== 'path') return lineTokens(fact);
    const mark = fact.how === undefined ? 0 : markTokens;
    if (isNextInFull()) return count(` ${fact.text}`) + mark;
    const { folder, name } = splitPath(fact.text);
    return count(` ${name}`) + mark + (folder === '' || folders.has(folder) ? 0 : count(`\n${folder}:`));
  };
  const fill = (kind: FactKind, share: number) => {
    const own = taken.get(kind) ?? [];
    const queue = queues.get(kind) ?? [];
    const rest: Fact[] = [];
    let used = spent.get(kind) ?? 0;
    let misses = 0;
    for (const [index, fact] of queue.entries()) {
      if (misses === maxMisses) {
        rest.push(...queue.slice(index));
        break;
      }
      const opening = own.length === 0 ? count(`\n${titleLine(sheetSections[kind].title)}\n`) : 0;
      const cost = costOf(fact) + opening;
      if (cost > left || used + cost > limit * share) {
        misses += 1;
        rest.push(fact);
        continue;
      }
      misses = 0;
      if (kind === 'path' && !isNextInFull()) folders.add(splitPath(fact.text).folder);
      own.push(fact);
      used += cost;
      left -= cost;
    }
    queues.set(kind, rest);
    spent.set(kind, used);
  };
  for (const kind of factKinds) fill(kind, sheetSections[kind].share);
  for (const kind of heirs) fill(kind, sheetSections[kind].most);
  return factKinds.flatMap((kind) => taken.get(kind) ?? []);
}
