import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestOfAll, prefixDigests } from './prefix-digests.ts';

const ids = fc.array(fc.string({ unit: fc.constantFrom('0', '1', 'f'), minLength: 32, maxLength: 32 }), {
  maxLength: 1200,
});

it('binds each prefix to its items and their order, whatever else is asked for', () => {
  fc.assert(
    fc.property(ids, fc.array(fc.nat(1300), { maxLength: 6 }), (given, lengths) => {
      const items = given.map((id) => ({ id }));
      const digests = prefixDigests(items, lengths);
      for (const length of lengths) {
        const alone = length > items.length ? undefined : digestOfAll(items.slice(0, length));
        expect(digests.get(length)).toBe(alone);
      }
    }),
    { numRuns: 60 },
  );
  const [one, other] = [{ id: 'a'.repeat(32) }, { id: 'b'.repeat(32) }];
  expect(digestOfAll([one, other])).not.toBe(digestOfAll([other, one]));
  expect(digestOfAll([one])).not.toBe(digestOfAll([one, other]));
});
