import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoToMillis, millisToIso } from './iso-time.ts';

const micros = fc.integer({ min: 0, max: 4_102_444_800_000_000 });

it('keeps microseconds both ways', () => {
  fc.assert(
    fc.property(micros, (value) => {
      expect(isoToMillis(millisToIso(value / 1000))).toBeCloseTo(value / 1000, 3);
      expect(Math.round(isoToMillis(millisToIso(value / 1000)) * 1000)).toBe(value);
    }),
  );
});

it('writes no more digits than there are, and rounds up into the next second', () => {
  expect(millisToIso(0)).toBe('1970-01-01T00:00:00.000Z');
  expect(millisToIso(1.25)).toBe('1970-01-01T00:00:00.001250Z');
  expect(millisToIso(999.9999)).toBe('1970-01-01T00:00:01.000Z');
});

it.each([
  ['1970-01-01T00:00:01Z', 1000],
  ['1970-01-01T00:00:01.5Z', 1500],
  ['1970-01-01T00:00:00.0015Z', 1.5],
  ['1970-01-01T00:00:00.123456789Z', 123.456],
])('reads %s as %d', (iso, millis) => {
  expect(isoToMillis(iso)).toBe(millis);
});
