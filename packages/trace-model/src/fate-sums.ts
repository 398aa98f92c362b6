import { fates, type Fate, type RunRecord } from '@clew/semconv';

/** Items of one fate and their tokens before the run; after it too, where the rows are known. */
export type FateSum = {
  readonly fate: Fate;
  readonly items: number;
  readonly tokens: number;
  readonly tokensAfter: number | undefined;
};

const leaving = new Set<Fate>(['summarized', 'dropped']);

/** Whether an item with this fate is still in the context. */
export function staysInContext(fate: Fate): boolean {
  return !leaving.has(fate);
}

/** A run's totals by fate, in the order kept to dropped. */
export function fatesOf(record: RunRecord): readonly FateSum[] {
  return fates.map((fate) => ({
    fate,
    items: record.count[fate],
    tokens: record.tokens[fate],
    tokensAfter: tokensAfter(record, fate),
  }));
}

function tokensAfter(record: RunRecord, fate: Fate): number | undefined {
  if (!staysInContext(fate) || record.count[fate] === 0) return 0;
  return record.ledger?.filter((row) => row.fate === fate).reduce((sum, row) => sum + row.tokens_after, 0);
}
