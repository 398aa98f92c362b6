import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDigests, type Digest, emptyDigest, parseDigest } from './digest.ts';

const count = fc.nat(100);
const names = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 })
  .map((list) => list.toSorted());
const context = fc.record(
  {
    calls: count,
    fallbacks: count,
    failures: count,
    savedTokens: count,
    peakTokens: count,
    peakRatio: fc.double({ min: 0, max: 2, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
    latest: fc.record(
      { at: fc.nat(3), tokens: fc.nat(3), limit: fc.nat(2) },
      { requiredKeys: ['at', 'tokens'] },
    ),
  },
  { requiredKeys: ['calls', 'fallbacks', 'failures', 'savedTokens'] },
);
const digest: fc.Arbitrary<Digest> = fc.record(
  {
    spans: count,
    errors: count,
    compactions: count,
    start: fc.nat(),
    end: fc.nat(),
    ended: fc.nat(),
    title: fc.record({ rank: fc.nat(2), at: fc.nat(5), text: fc.constantFrom('x', 'y') }),
    services: names,
    agents: names,
    models: names,
    context,
  },
  { requiredKeys: ['spans', 'errors', 'compactions', 'services', 'agents', 'models'] },
);

it('gives the same sum in whatever order digests are added', () => {
  fc.assert(
    fc.property(digest, digest, digest, (a, b, c) => {
      const sum = addDigests(addDigests(a, b), c);
      expect(addDigests(addDigests(c, a), b)).toEqual(sum);
      expect(addDigests(a, addDigests(b, c))).toEqual(sum);
      expect(addDigests(a, emptyDigest)).toEqual(a);
      expect(parseDigest(JSON.stringify(sum))).toEqual(sum);
    }),
  );
});

it('lists names up to a bound, however many there are', () => {
  const many = Array.from({ length: 500 }, (_, index) => ({ ...emptyDigest, services: [`s${index}`] }));
  expect(many.reduce(addDigests).services).toHaveLength(50);
});
