import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMerge } from './byte-pair-merge.ts';
import { RankTable, noRank } from './rank-table.ts';

const alphabet = ['a', 'b', 'c'];

/** Every byte is a token, and so is whatever else was drawn; the order is the rank. */
const anyRanks = fc
  .uniqueArray(fc.string({ unit: fc.constantFrom(...alphabet), minLength: 2, maxLength: 5 }), {
    maxLength: 12,
  })
  .map((tokens) => RankTable.from([...alphabet, ...tokens].map((token, rank) => [token, rank])));

/** The definition, word by word: merge the pair of lowest rank, the leftmost first, until there is none. */
function mergeSlowly(bytes: string, ranks: RankTable): number {
  let parts = Array.from(bytes);
  for (;;) {
    const pairs = parts.slice(1).map((part, index) => {
      const rank = ranks.rankOf((parts[index] ?? '') + part);
      return rank === noRank ? Infinity : rank;
    });
    const lowest = Math.min(...pairs);
    if (lowest === Infinity) return parts.length;
    const at = pairs.indexOf(lowest);
    parts = parts.toSpliced(at, 2, parts.slice(at, at + 2).join(''));
  }
}

describe('createMerge', () => {
  test('counts what merging by the definition leaves', () => {
    fc.assert(
      fc.property(
        anyRanks,
        fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 60 }),
        (ranks, bytes) => {
          expect(createMerge(ranks)(bytes)).toBe(
            ranks.rankOf(bytes) !== noRank ? 1 : mergeSlowly(bytes, ranks),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('forgets one piece before the next, whatever their lengths', () => {
    fc.assert(
      fc.property(
        anyRanks,
        fc.array(fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 600 }), { maxLength: 4 }),
        (ranks, pieces) => {
          const merge = createMerge(ranks);
          for (const piece of pieces) expect(merge(piece)).toBe(createMerge(ranks)(piece));
        },
      ),
    );
  });

  test('takes the leftmost of two pairs of one rank', () => {
    const ranks = RankTable.from([
      ['a', 0],
      ['aa', 1],
    ]);
    expect(createMerge(ranks)('aaa')).toBe(2);
    expect(createMerge(ranks)('aaaaa')).toBe(3);
  });

  test('counts nothing for nothing and one for one byte', () => {
    const merge = createMerge(new RankTable());
    expect(merge('')).toBe(0);
    expect(merge('a')).toBe(1);
  });
});
