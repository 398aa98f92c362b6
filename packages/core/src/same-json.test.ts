import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { isSameJson } from './same-json.ts';

it('is true of every copy', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(isSameJson(value, JSON.parse(JSON.stringify(value)))).toBe(true);
    }),
  );
});

it('is never true of two values that are not the same JSON', () => {
  const small = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 'b') });
  fc.assert(
    fc.property(small, small, (left, right) => {
      if (isSameJson(left, right)) expect(canonicalJson(left)).toBe(canonicalJson(right));
    }),
    { numRuns: 2000 },
  );
});

it('takes nothing but plain values for copies', () => {
  expect(isSameJson(new Date(0), new Date(1))).toBe(false);
  expect(isSameJson(new Map(), {})).toBe(false);
  expect(isSameJson([], {})).toBe(false);
  expect(isSameJson({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(isSameJson({ a: null }, { a: {} })).toBe(false);
});
