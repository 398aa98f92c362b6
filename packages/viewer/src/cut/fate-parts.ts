import { audit, staysInContext, type Cut, type Fate, type RunRecord } from '@clew/trace-model';

/** A part of the context in terms of a cut: a fate, or what lies outside of the fates. */
export type Part = 'fixed' | Fate | 'inserted' | 'unaccounted';

/** Items and tokens of one part; `after` is `undefined` where nothing tells it. */
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
  const { unaccounted, discrepancies } = audit(cut);
  const excess = discrepancies.find(({ law, unit }) => law === 'after' && unit === 'tokens')?.missing ?? 0;
  const parts: readonly FatePart[] = [
    { part: 'fixed', items: undefined, before: fixed, after: fixed },
    ...cut.fates.map(({ fate, items, tokens, tokensAfter }) => ({
      part: fate,
      items,
      before: tokens,
      after: tokensAfter ?? impliedAfter(record, fate),
    })),
    { part: 'inserted', items: record.count.inserted, before: 0, after: inserted },
    {
      part: 'unaccounted',
      items: unaccounted.items,
      before: unaccounted.tokens,
      after: Math.max(0, excess),
    },
  ];
  return parts.filter(({ items, before, after }) => (items ?? 0) + before + (after ?? 0) > 0);
}

/**
 * What follows for one fate without rows: what was kept or protected has its size still, and what was trimmed or cleared
 * has the rest of what stayed where the other of the two is empty.
 */
function impliedAfter({ tokens, count }: RunRecord, fate: Fate): number | undefined {
  if (!staysInContext(fate)) return 0;
  if (fate === 'kept' || fate === 'protected') return tokens[fate];
  const other = fate === 'trimmed' ? 'cleared' : 'trimmed';
  const rest = tokens.stayed - tokens.kept - tokens.protected;
  return count[other] === 0 && rest >= 0 ? rest : undefined;
}
