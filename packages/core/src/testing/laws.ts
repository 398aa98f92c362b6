import { categories } from '../item-view.ts';
import { fates, isVisible } from '../ledger.ts';
import type { CompactResult } from '../result.ts';

/** What does not add up in a result: empty where both laws hold. Conservation in items and tokens; coverage. */
export function brokenLaws(result: CompactResult<unknown>): readonly string[] {
  const { tokens, count, coverage, met, ledger } = result;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const broken: string[] = [];
  const equal = (name: string, left: number, right: number) => {
    if (left !== right) broken.push(`${name}: ${left} is not ${right}`);
  };
  equal('tokens before', tokens.before, tokens.fixed + sum(Object.values(tokens.byFate)));
  equal('tokens after', tokens.after, tokens.fixed + tokens.stayed + tokens.inserted);
  equal('items before', count.before, sum(Object.values(count.byFate)));
  const stayed = fates.filter(isVisible).map((fate) => count.byFate[fate]);
  equal('items after', count.after, sum(stayed) + count.inserted);
  equal('items returned', result.items.length, count.after);
  equal('categories before', tokens.before, sum(Object.values(tokens.categoriesBefore)));
  equal('categories after', tokens.after, sum(Object.values(tokens.categoriesAfter)));
  let inserted = 0;
  for (const category of categories) {
    const own = met.filter((row) => row.category === category);
    // What is fixed is there before and after, and no item.
    const fixed = (tokens.categoriesBefore[category] ?? 0) - sum(own.map((row) => row.tokens));
    const isFixed = category === 'system' || category === 'tools';
    if (!isFixed) equal(`${category} before`, fixed, 0);
    const added = (tokens.categoriesAfter[category] ?? 0) - fixed - sum(own.map((row) => row.tokensAfter));
    // A compaction adds a summary; what is put back may be anything.
    if (category !== 'summary' && result.outcome !== 'restored') equal(`${category} added`, added, 0);
    inserted += added;
  }
  equal('inserted', tokens.inserted, inserted);
  equal('coverage', coverage.seen, coverage.visible + coverage.summarized + coverage.dropped);
  if (result.summary === undefined) equal('summarized by nothing', coverage.summarized, 0);
  equal('rows met', met.length, count.before);
  const own = ledger.flatMap(({ index }) => index ?? []);
  equal('rows of the ledger', own.length, coverage.seen);
  equal('distinct rows of the ledger', new Set(own).size, coverage.seen);
  return broken;
}
