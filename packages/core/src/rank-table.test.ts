import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { RankTable, noRank } from './rank-table.ts';

const bytes = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)),
  minLength: 1,
  maxLength: 12,
});

it('answers as a map does, however much it was made for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(bytes, fc.nat(1_000_000)), { maxLength: 300 }),
      fc.array(bytes, { maxLength: 50 }),
      fc.record({ tokens: fc.integer({ min: 1, max: 400 }), bytes: fc.integer({ min: 1, max: 4000 }) }),
      (tokens, others, size) => {
        const table = new RankTable(size);
        for (const [token, rank] of tokens) table.set(token, rank);
        const map = new Map(tokens);
        for (const token of [...map.keys(), ...others]) {
          expect(table.rankOf(token)).toBe(map.get(token) ?? noRank);
          expect(table.rankOf(`x${token}y`, 1, token.length + 1)).toBe(map.get(token) ?? noRank);
          if (token.length === 2) expect(table.rankOfPair(token, 0)).toBe(map.get(token) ?? noRank);
        }
      },
    ),
  );
});
