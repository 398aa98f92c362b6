import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutAttributes } from '../cut-texts.ts';
import { cutEvent } from './cut-event.ts';

const cutTo = (length: number): string => `${'x'.repeat(length)}... [truncated]`;

it('cuts a name and the texts in data where Ariadne does, and those in lists too', () => {
  const long = 'x'.repeat(102_401);
  const event = {
    type: 'span',
    name: 'x'.repeat(1025),
    data: { text: long, exact: long.slice(1), nested: { deeper: long }, list: [long, 1, [long]] },
  };
  expect(cutEvent(event)).toEqual({
    type: 'span',
    name: cutTo(1024),
    data: {
      text: cutTo(102_400),
      exact: long.slice(1),
      nested: { deeper: cutTo(102_400) },
      list: [cutTo(102_400), 1, [cutTo(102_400)]],
    },
  });
});

it('leaves what is short, a trace, and what is no event as they are', () => {
  const values = [
    { type: 'span', name: 'n', data: { a: ['b'] } },
    { type: 'span', data: null },
    { type: 'trace', data: 1 },
    null,
    7,
    'text',
    [],
  ];
  for (const value of values) expect(cutEvent(value)).toBe(value);
});

it('changes nothing but texts that are too long, in any JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(20), (value, max) => {
      const before = JSON.stringify(value);
      const after = cutAttributes(value, max);
      expect(JSON.stringify(value)).toBe(before);
      if (longest(value) <= max) expect(after).toBe(value);
      else expect(longest(after)).toBeLessThanOrEqual(max + 15);
      expect(JSON.stringify(cutAttributes(after, max + 15))).toBe(JSON.stringify(after));
    }),
  );
});

function longest(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(0, ...Object.values(value).map(longest));
}
