import { factKinds, type FactKind, type RetentionRecord } from '@clew/semconv';
import type { Cut } from './cut.ts';
import type { Session } from './session.ts';

/** Facts that the model can still read, of all that there were. */
export type KeptOfTotal = { readonly kept: number; readonly total: number };

/** A compaction whose retention was measured. */
export type MeasuredCut = { readonly cut: Cut; readonly retention: RetentionRecord };

/** One kind of facts over all measured compactions, in their order; `undefined` where there were none of it. */
export type KindRetention = {
  readonly kind: FactKind;
  readonly cells: readonly (KeptOfTotal | undefined)[];
  /** The latest that is known of it. */
  readonly last: KeptOfTotal;
};

/** What a session's compactions kept of the facts that were in what they took away. */
export type SessionRetention = {
  readonly cuts: readonly MeasuredCut[];
  /** In the order of the schema: what people asked for first, names last. */
  readonly kinds: readonly KindRetention[];
  /** All kinds together at each measured compaction. */
  readonly totals: readonly KeptOfTotal[];
  /** Facts that are gone for good, over all compactions, and those of them that an earlier sheet had held. */
  readonly evicted: number;
  readonly eroded: number;
  /** Compactions that changed the context and say nothing of it. */
  readonly unmeasured: number;
};

/** Folds the retention of a session's compactions. What was not measured is absent, never taken for kept. */
export function retentionOf({ cuts }: Session): SessionRetention {
  const measured = cuts.flatMap((cut) =>
    cut.retention === undefined ? [] : [{ cut, retention: cut.retention }],
  );
  return {
    cuts: measured,
    kinds: factKinds.flatMap((kind) => {
      const cells = measured.map(({ retention }) => retention.by_kind[kind]);
      const last = cells.findLast((cell) => cell !== undefined);
      return last === undefined ? [] : [{ kind, cells, last }];
    }),
    totals: measured.map(({ retention }) => totalOf(retention)),
    evicted: sum(measured, ({ retention }) => retention.evicted),
    eroded: sum(measured, ({ retention }) => retention.eroded),
    unmeasured: cuts.filter(
      (cut) => cut.kind === 'changed' && cut.outcome !== 'restored' && cut.retention === undefined,
    ).length,
  };
}

function totalOf({ by_kind }: RetentionRecord): KeptOfTotal {
  const counts = Object.values(by_kind);
  return { kept: sum(counts, ({ kept }) => kept), total: sum(counts, ({ total }) => total) };
}

function sum<TItem>(items: readonly TItem[], countOf: (item: TItem) => number): number {
  return items.reduce((total, item) => total + countOf(item), 0);
}
