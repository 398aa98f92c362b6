import { audit, type Cut, type Fate } from '@clew/trace-model';

/** A part of the context in terms of a cut: a fate, or what lies outside of the fates. */
export type Part = 'fixed' | Fate | 'inserted' | 'unaccounted';

/** Items and tokens of one part; `after` is `undefined` where no row tells it. */
export type FatePart = {
  readonly part: Part;
  readonly items: number | undefined;
  readonly before: number;
  readonly after: number | undefined;
};

/** Everything that a cut's two sums are made of, in the order in which it is drawn; empty parts are left out. */
export function fateParts(cut: Cut): readonly FatePart[] {
  const record = cut.run.record;
  if (record === undefined || cut.fates === undefined) return [];
  const { fixed, inserted } = record.tokens;
  const { unaccounted } = audit(cut);
  const parts: readonly FatePart[] = [
    { part: 'fixed', items: undefined, before: fixed, after: fixed },
    ...cut.fates.map(({ fate, items, tokens, tokensAfter }) => ({
      part: fate,
      items,
      before: tokens,
      after: tokensAfter,
    })),
    { part: 'inserted', items: record.count.inserted, before: 0, after: inserted },
    { part: 'unaccounted', items: unaccounted.items, before: unaccounted.tokens, after: 0 },
  ];
  return parts.filter(({ items, before, after }) => (items ?? 0) + before + (after ?? 0) > 0);
}
