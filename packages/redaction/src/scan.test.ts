import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plantedSecrets } from './corpus.fixture.ts';
import { redactTokens } from './redact-tokens.ts';
import { Scan, shortestToken } from './scan.ts';
import { secretPatterns } from './secret-patterns.ts';
import { tokenRules } from './token-rules.ts';

// Looking only where something can be must find what looking everywhere finds.

const planted = plantedSecrets(5);
const piece = fc.oneof(
  fc.string(),
  fc.constantFrom(...planted.map(({ secret }) => secret)),
  fc.constantFrom(...planted.map(({ text }) => text)),
  fc.constantFrom(...tokenRules.flatMap(({ prefixes }) => prefixes)),
  fc.constantFrom(
    ' ',
    '\n',
    String.raw`\n`,
    '"',
    '://',
    '=',
    ':',
    '?sig=',
    'Bearer ',
    'cookie: a=',
    'é',
    '…',
  ),
  fc.stringMatching(/^[\w%.+/=~-]{10,20}$/),
);
const texts = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const replacing = { replacement: '<REDACTED>', isAllowed: () => false };

test('a stretch is as long as it can be, and none that is long enough is left out', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const expected = [...text.matchAll(/[\w%.+/=~-]{15,}/g)].map(({ index, 0: { length } }) => ({
        start: index,
        end: index + length,
      }));
      expect(new Scan(text).runs).toEqual(expected);
    }),
  );
  expect(shortestToken).toBe(15);
});

test('tokens of issuers are found in the stretches that are found in the whole text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const everywhere = { text, runs: [{ start: 0, end: text.length }] };
      expect(redactTokens(new Scan(text), replacing)).toEqual(redactTokens(everywhere, replacing));
    }),
  );
});

test('what a pattern matches holds the hint of its group', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const { hint, in: place, patterns } of secretPatterns) {
        const isFound = patterns.some(({ expression }) => text.search(expression) !== -1);
        const isHinted = hint.test(place === 'run' ? new Scan(text).runText : text);
        expect(isFound && !isHinted).toBe(false);
      }
    }),
  );
});
