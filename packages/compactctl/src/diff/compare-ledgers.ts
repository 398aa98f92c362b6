import type { LedgerRow } from '@clew/core';

export type Comparison = {
  /** The fate of each item of the list before. */
  readonly ledger: readonly LedgerRow[];
  /** The items of the list after that come from none before, each at its own position. */
  readonly inserted: readonly LedgerRow[];
  /** For the items that are in both lists, the position before by the position after. */
  readonly same: ReadonlyMap<number, number>;
};

const summaryMark = /^<COMPACT-SUMMARY v(\d{1,9})>/u;
/** So much of an item's beginning is left where it was shortened, and not replaced. */
const sharedCharacters = 12;

/**
 * What became of each item from one list to another. The same item in both was kept; a result for the same call, of
 * other content, was trimmed or cleared; what is gone is covered by the summary, where the list after has a new one.
 */
export function compareLedgers(before: readonly LedgerRow[], after: readonly LedgerRow[]): Comparison {
  const kept = sameItems(before, after);
  const taken = new Set(kept.values());
  const free = after.filter((_, index) => !taken.has(index));
  const edits = new Map<LedgerRow, LedgerRow>();
  for (const [index, row] of before.entries()) {
    const edited = kept.has(index)
      ? undefined
      : free.find((other) => isSameCall(row, other) && ![...edits.values()].includes(other));
    if (edited !== undefined) edits.set(row, edited);
  }
  const made = new Set(edits.values());
  const inserted = free.filter((row) => !made.has(row));
  const version = inserted
    .map(({ preview }) => summaryMark.exec(preview)?.[1])
    .find((found) => found !== undefined);
  return {
    inserted,
    same: new Map([...kept].map(([left, right]) => [right, left])),
    ledger: before.map((row, index): LedgerRow => {
      if (kept.has(index)) return row;
      const edited = edits.get(row);
      if (edited === undefined) {
        return version === undefined
          ? { ...row, fate: 'dropped', tokensAfter: 0, reason: 'no_summary' }
          : { ...row, fate: 'summarized', tokensAfter: 0, reason: `summary_v${version}` };
      }
      const isShorter = edited.preview.slice(0, sharedCharacters) === row.preview.slice(0, sharedCharacters);
      return {
        ...row,
        fate: isShorter ? 'trimmed' : 'cleared',
        tokensAfter: edited.tokens,
        reason: 'edited',
      };
    }),
  };
}

/** For the items that are in both lists, the position after by the position before: in order, the last ones first. */
function sameItems(before: readonly LedgerRow[], after: readonly LedgerRow[]): ReadonlyMap<number, number> {
  const places = new Map<string, number[]>();
  for (const [index, { id }] of before.entries()) places.set(id, [...(places.get(id) ?? []), index]);
  const pairs = new Map<number, number>();
  let end = before.length;
  for (let index = after.length - 1; index >= 0; index -= 1) {
    const place = places.get(after[index]?.id ?? '')?.findLast((candidate) => candidate < end);
    if (place === undefined) continue;
    pairs.set(place, index);
    end = place;
  }
  return pairs;
}

function isSameCall(left: LedgerRow, right: LedgerRow): boolean {
  return left.pair !== undefined && left.pair === right.pair && left.kind === right.kind;
}
