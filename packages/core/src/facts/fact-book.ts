import { inSlices } from '../in-slices.ts';
import { factKey } from './fact.ts';
import type { Fact } from './fact.ts';
import { writeFactSheet } from './fact-sheet.ts';
import { foldPaths } from './fold-paths.ts';
import { gatherFacts } from './gather-facts.ts';
import type { FactSources, Gathered } from './gather-facts.ts';
import { endsOf, holderOf } from './held-facts.ts';
import { scoreRetention } from './retention.ts';
import type { Retention } from './retention.ts';
import type { SummaryInfo } from '../result.ts';
import { proseOf, sheetOf } from '../summary-block.ts';
import type { Telling } from './told.ts';

export type FactBookInput = FactSources & {
  readonly telling: Telling;
  /** The most that a sheet may take. */
  readonly maxTokens: number;
  /** No facts are wanted. */
  readonly isOff: boolean;
  readonly count: (text: string) => number;
  readonly signal: AbortSignal | undefined;
};

const roomyTokens = 200;

/** The facts of one compaction: gathered before anything is written, settled when all is. */
export type FactBook = {
  /** Whether a sheet may be long enough for a summary to leave names to it. */
  readonly hasRoom: boolean;
  /** The sheet that stands beneath `prose`: what neither it nor the context says. Empty where there is none. */
  readonly beneath: (prose: string) => string;
  /** What the context holds now, and what is carried on. `isNew`: the summary in force was written by this run. */
  readonly settle: (summary: SummaryInfo | undefined, isNew: boolean) => Settlement;
};
type Settlement = { readonly carried: readonly Fact[]; readonly retention: Retention };

/** @returns `undefined` where it was aborted, or the sheet is off */
export async function openFactBook(input: FactBookInput): Promise<FactBook | undefined> {
  if (input.isOff) return undefined;
  const gathered = await inSlices(gatherFacts(input.telling, input), input.signal);
  return gathered === undefined ? undefined : bookOf(input, gathered);
}

function bookOf({ carried, maxTokens, count }: FactBookInput, { facts, visible, now }: Gathered): FactBook {
  const all = folded([...facts.values()]);
  const isVisible = visibleIn(visible);
  const had = new Set(carried.map(factKey));
  const hidden = all.filter((fact) => !isVisible(fact));
  const written = new Map<string, { readonly text: string; readonly held: ReadonlySet<Fact> }>();
  const write = (holds: (fact: Fact) => boolean) =>
    writeFactSheet({ facts: hidden.filter((fact) => !holds(fact)), now, maxTokens, count });
  /** The sheet beneath a text, and what the two hold together. */
  const beneath = (prose: string) => {
    const known = written.get(prose);
    if (known !== undefined) return known;
    const said = new Set(hidden.filter(holderOf(prose)));
    const { text, listed } = write((fact) => said.has(fact));
    const made = { text, held: new Set([...said, ...listed]) };
    written.set(prose, made);
    return made;
  };
  return {
    hasRoom: maxTokens >= roomyTokens,
    beneath: (prose) => beneath(prose).text,
    settle: (summary, isNew) => {
      const held = new Set(all.filter(isVisible));
      const add = (some: Iterable<Fact>) => {
        for (const fact of some) held.add(fact);
      };
      if (summary !== undefined && isNew) add(beneath(proseOf(summary)).held);
      else if (summary !== undefined) add(hidden.filter(holderOf(summary.text)));
      // What no summary could take up waits for the next one.
      const next = new Set([...held, ...(isNew ? [] : write((fact) => held.has(fact)).listed)]);
      return {
        carried: [...next],
        retention: scoreRetention({
          facts: all,
          now,
          isHeld: (fact) => held.has(fact),
          isCarried: (fact) => next.has(fact),
          wasCarried: (fact) => had.has(factKey(fact)),
          sheetTokens: isNew && summary !== undefined ? count(sheetOf(summary)) : 0,
        }),
      };
    },
  };
}

function folded(facts: readonly Fact[]): readonly Fact[] {
  return [
    ...facts.filter(({ kind }) => kind !== 'path'),
    ...foldPaths(facts.filter(({ kind }) => kind === 'path')),
  ];
}

function visibleIn(keys: ReadonlySet<string>): (fact: Fact) => boolean {
  const ends = new Set<string>();
  for (const key of keys) {
    if (key.startsWith('path ')) for (const end of endsOf(key.slice('path '.length))) ends.add(end);
  }
  return (fact) => keys.has(factKey(fact)) || (fact.kind === 'path' && ends.has(fact.text));
}
