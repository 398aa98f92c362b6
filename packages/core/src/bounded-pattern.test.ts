import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedPattern } from './bounded-pattern.ts';

const limit = 8;

describe.each([
  ['o200k_base', o200k.pat_str],
  ['cl100k_base', cl100k.pat_str],
])('the pattern of %s', (_name, source) => {
  const original = new RegExp(source, 'gu');

  test('cuts text whose runs are short as the original does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: limit }), (text) => {
        expect(text.match(boundedPattern(source, limit))).toEqual(text.match(original));
      }),
    );
  });

  test('takes every character of any text, in pieces of bounded length', () => {
    const runs = fc.array(
      fc
        .tuple(
          fc.constantFrom('a', 'A', 'É', '漢', '7', ' ', '\n', '=', '😀', '\ud83d', '\u0301'),
          fc.nat({ max: 40 }),
        )
        .map(([unit, times]) => unit.repeat(times)),
    );
    fc.assert(
      fc.property(runs, (parts) => {
        const text = parts.join('');
        const pieces: string[] = text.match(boundedPattern(source, limit)) ?? [];
        expect(pieces.join('')).toBe(text);
        // A prefix, two loops and an ending at most.
        expect(Math.max(0, ...pieces.map((piece) => Array.from(piece).length))).toBeLessThanOrEqual(
          2 * limit + 4,
        );
      }),
    );
  });
});

test('never cuts a surrogate pair', () => {
  const pieces = '😀'.repeat(50).match(boundedPattern(o200k.pat_str, limit)) ?? [];
  expect(pieces.every((piece) => Array.from(piece).every((character) => character === '😀'))).toBe(true);
});
