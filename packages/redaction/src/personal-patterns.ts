import type { Pattern } from './redact-pattern.ts';

/** Personal data that may be taken out too. It is asked for by name, since every rule of these also meets innocent text. */
export type PersonalData = 'email' | 'phone' | 'card' | 'iban';

export const personalPatterns: Readonly<Record<PersonalData, Pattern>> = {
  email: of(
    /(?<![\w.+%-])[\w.+%-]{1,64}@(?=[A-Za-z0-9])(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])/g,
  ),
  // With a country's code, or as North America writes them; a bare run of digits is anything.
  phone: of(
    /(?<![\w.+-])(?:\+\d(?:[ .()-]{0,2}\d){6,14}|(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4})(?![\w-]|\.\d)/g,
  ),
  card: of(/(?<![\w.-])[2-6]\d{3}(?:[ -]?\d){8,15}(?![\w-]|\.\d)/g, hasLuhnDigit),
  iban: of(
    /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g,
    hasIbanDigits,
  ),
};

/** ISO/IEC 7812-1: doubled from the right, every second digit, the sum ends in 0. */
function hasLuhnDigit(text: string): boolean {
  let sum = 0;
  const digits = text.replace(/\D/g, '').split('').toReversed();
  for (const [index, character] of digits.entries()) {
    const value = Number(character) * (index % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return digits.length >= 12 && digits.length <= 19 && sum % 10 === 0;
}

/** ISO 13616: the first four behind the rest, letters as 10 to 35, the whole leaves 1 when divided by 97. */
function hasIbanDigits(text: string): boolean {
  const compact = text.replaceAll(' ', '');
  let remainder = 0;
  const turned = compact.slice(4) + compact.slice(0, 4);
  for (let index = 0; index < turned.length; index += 1) {
    const code = turned.charCodeAt(index);
    // "0" is 48; "A", which counts 10, is 65.
    const value = code < 65 ? code - 48 : code - 55;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return compact.length >= 15 && compact.length <= 34 && remainder === 1;
}

function of(expression: RegExp, isReal?: (secret: string) => boolean): Pattern {
  return { expression, keptLength: () => 0, ...(isReal !== undefined && { isReal }) };
}
