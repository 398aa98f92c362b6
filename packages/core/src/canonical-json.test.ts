import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { CompactError } from './errors.ts';

it('is the same whatever the order of the keys, and JSON reads it back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('tells values apart that differ', () => {
  expect(canonicalJson({ a: 1, b: [2] })).not.toBe(canonicalJson({ a: 1, b: 2 }));
  expect(canonicalJson(undefined)).toBe('null');
  expect(canonicalJson({ a: 2n })).toBe('{"a":"2n"}');
});

it('says what is wrong with a cycle', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  expect(() => canonicalJson(cycle)).toThrow(CompactError);
});
