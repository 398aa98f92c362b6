/** Characters that nobody sees and spaces, which may stand between any two that they do see. */
const unseen = String.raw`[\s\p{Cf}\p{Mn}]*`;
const opens = '[<\uff1c\ufe64\u2039\u3008]';
const slash = '[/\uff0f\u2044\u2215]';
const dash = String.raw`[\p{Pd}\u2212_]`;
/** Letters of other scripts that look the same; case does not matter. */
const lookAlikes: Readonly<Record<string, string>> = {
  a: '\u0430\u0391\uff41\uff21',
  c: '\u0441\u03f2\uff43\uff23',
  e: '\u0435\u0395\uff45\uff25',
  i: '\u0456\u0399\uff49\uff29',
  m: '\u043c\u039c\uff4d\uff2d',
  n: '\u039d\uff4e\uff2e',
  o: '\u043e\u039f\u03bf\uff4f\uff2f',
  p: '\u0440\u03a1\u03c1\uff50\uff30',
  r: '\u0433\uff52\uff32',
  s: '\u0455\uff53\uff33',
  t: '\u0442\u03a4\uff54\uff34',
  u: '\u057d\uff55\uff35',
  v: '\u0475\u03bd\uff56\uff36',
  y: '\u0443\u03a5\uff59\uff39',
};

/**
 * Takes the angle bracket off whatever reads like one of these tags, opening or closing: in any case, with spaces
 * or characters that nobody sees in it, with letters and signs that look the same. Linear: no two parts of the
 * pattern can match the same character.
 */
export function unspoofed(...names: readonly string[]): (text: string) => string {
  const pattern = new RegExp(
    `${opens}${unseen}(?:(${slash})${unseen})?(${names.map(patternOf).join('|')})`,
    'giu',
  );
  return (text) =>
    text.replace(pattern, (_, end: string | undefined, name: string) => {
      const plain = names.find((known) => new RegExp(`^${patternOf(known)}$`, 'iu').test(name)) ?? name;
      return `‹${end === undefined ? '' : '/'}${plain}`;
    });
}

function patternOf(name: string): string {
  return Array.from(name.toLowerCase())
    .map((letter) => (letter === '-' ? dash : `[${letter}${lookAlikes[letter] ?? ''}]`))
    .join(unseen);
}
