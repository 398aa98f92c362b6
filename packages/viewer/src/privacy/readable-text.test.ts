import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipped, readableText } from './readable-text.ts';

const shown = (text: string): string =>
  readableText(text)
    .map((piece) => piece.text)
    .join('|');
const acting = /[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;
const actingIn = (text: string): readonly string[] =>
  [...text.matchAll(acting)].map(([found]) => found).filter((found) => !'\t\n'.includes(found));
const strange = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\u202E',
    '\u001B[31m',
    '\u0000',
    '\u{E0041}',
    'word',
    '\n',
    '👩‍💻',
    '\u001B]8;;https://x\u0007',
  ),
);

describe('readable text', () => {
  it('leaves nothing in it that acts or hides', () => {
    fc.assert(
      fc.property(fc.array(strange), (parts) => {
        const text = parts.join('');
        expect(actingIn(shown(text).replaceAll('\r\n', '\n'))).toEqual([]);
      }),
    );
  });

  it('keeps every other character, in order', () => {
    fc.assert(
      fc.property(fc.array(strange), (parts) => {
        const text = parts.join('');
        const kept = readableText(text).flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []));
        let from = 0;
        for (const part of kept) {
          expect(text.indexOf(part, from)).toBeGreaterThanOrEqual(from);
          from = text.indexOf(part, from) + part.length;
        }
        if (!readableText(text).some(({ kind }) => kind === 'mark')) expect(kept.join('')).toBe(text);
      }),
    );
  });

  it('names what it stands for', () => {
    expect(shown('safe\u202Egpj.exe')).toBe('safe|U+202E|gpj.exe');
    expect(shown('\u001B[31;1mred\u001B[0m')).toBe('ESC[31;1m|red|ESC[0m');
    expect(shown('a\u0000\u0000\u0000b')).toBe('a|U+0000 ×3|b');
    expect(shown('tab\tand\r\nline')).toBe('tab\tand\r\nline');
    expect(shown('over\rwritten')).toBe('over|U+000D|written');
    expect(shown('family 👩‍👩‍👧 نص')).toBe('family 👩‍👩‍👧 نص');
  });

  it('cuts no character in half', () => {
    expect(clipped('ab👩', 3)).toBe('ab');
    expect(clipped('ab👩', 4)).toBe('ab👩');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 20 }), (text, limit) => {
        const cut = clipped(text, limit);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut).toBe(Buffer.from(cut).toString());
      }),
    );
  });
});
