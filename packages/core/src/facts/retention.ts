import type { Fact, FactKind } from './fact.ts';
import { factKinds } from './fact.ts';
import { rankFacts, worthOf } from './rank-facts.ts';

/** What a compaction kept of what left had told. */
export type Retention = {
  /** The share of the facts that the model can still read after it, each by its worth. 0 to 1. */
  readonly score: number;
  /** Facts that can still be read, of all that what left or an earlier sheet held. */
  readonly byKind: Readonly<Partial<Record<FactKind, KindRetention>>>;
  /** Facts that are carried on to the next sheet. */
  readonly facts: number;
  /** Facts that are neither read nor carried on: gone from the context for good. */
  readonly evicted: number;
  /** Those of the evicted that an earlier sheet had held. */
  readonly eroded: number;
  /** The evicted that were worth most, at most `maxEvictedTold`. */
  readonly evictedFacts: readonly Pick<Fact, 'kind' | 'text'>[];
  readonly sheetTokens: number;
};
type KindRetention = { readonly kept: number; readonly total: number };

const maxEvictedTold = 50;

export type RetentionInput = {
  readonly facts: readonly Fact[];
  readonly now: number;
  /** Whether the model can still read it. */
  readonly isHeld: (fact: Fact) => boolean;
  /** Whether the next sheet starts with it. */
  readonly isCarried: (fact: Fact) => boolean;
  /** Whether an earlier sheet had it. */
  readonly wasCarried: (fact: Fact) => boolean;
  readonly sheetTokens: number;
};

/** Scores a compaction. Nothing that could be lost is kept whole: a score of 1. */
export function scoreRetention(input: RetentionInput): Retention {
  const { facts, now, isHeld, isCarried, wasCarried, sheetTokens } = input;
  const held = new Set(facts.filter(isHeld));
  const evicted = facts.filter((fact) => !held.has(fact) && !isCarried(fact));
  const worth = (some: Iterable<Fact>) => {
    let sum = 0;
    for (const fact of some) sum += worthOf(fact, now);
    return sum;
  };
  const total = worth(facts);
  return {
    score: total === 0 ? 1 : worth(held) / total,
    byKind: Object.fromEntries(
      factKinds.flatMap((kind) => {
        const own = facts.filter((fact) => fact.kind === kind);
        if (own.length === 0) return [];
        return [[kind, { kept: own.filter((fact) => held.has(fact)).length, total: own.length }]];
      }),
    ),
    facts: facts.filter(isCarried).length,
    evicted: evicted.length,
    eroded: evicted.filter(wasCarried).length,
    evictedFacts: rankFacts(evicted, now)
      .slice(0, maxEvictedTold)
      .map(({ kind, text }) => ({ kind, text })),
    sheetTokens,
  };
}
