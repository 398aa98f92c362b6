import type { Counter } from './counter.ts';

/**
 * Tokens for each UTF-16 unit, fitted with `o200k_base` on the texts of a coding session and on short texts in
 * twelve scripts. On that session's texts the median error is 9 %; that of a plain length / 4 is 15 %, and low.
 */
const tokensPerUnit = { word: 0.2, sign: 0.65, ideograph: 0.7, other: 0.5 } as const;

/** Estimates from the kinds of characters. Loads nothing and keeps nothing: for where a tokeniser is too heavy. */
export class CharacterCounter implements Counter {
  readonly name = 'characters';
  readonly basis = 'estimate';

  count(text: string): number {
    let tokens = 0;
    for (let index = 0; index < text.length; index += 1) {
      tokens += tokensPerUnit[kindOf(text.charCodeAt(index))];
    }
    return Math.ceil(tokens);
  }
}

function kindOf(unit: number): keyof typeof tokensPerUnit {
  if (unit < 0x80) return isLetter(unit) || isBlank(unit) ? 'word' : 'sign';
  return isIdeograph(unit) ? 'ideograph' : 'other';
}

function isLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isBlank(unit: number): boolean {
  return unit <= 0x20;
}

/** Chinese, Japanese, Korean and their punctuation, and either half of a surrogate pair, as emoji have it. */
function isIdeograph(unit: number): boolean {
  return (
    (unit >= 0x2e80 && unit <= 0x9fff) ||
    (unit >= 0xac00 && unit <= 0xdfff) ||
    (unit >= 0xf900 && unit <= 0xffef)
  );
}
