const word = /[\p{L}\p{N}_]+/gu;
const part = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|\p{Lo}+/gu;
/** Scripts that put no space between words. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+$/u;

/**
 * The words of a text as a search compares them: in lower case, and an identifier also by its parts, so that
 * `readFile`, `read_file` and `read file` meet. Where a script has no spaces, pairs of characters.
 */
export function* wordsOf(text: string): Iterable<string> {
  for (const [found] of text.matchAll(word)) {
    if (unspaced.test(found)) {
      yield* pairsOf(found);
      continue;
    }
    const whole = found.toLowerCase();
    yield whole;
    const parts = found.match(part) ?? [];
    if (parts.length > 1) yield* parts.map((piece) => piece.toLowerCase());
  }
}

function* pairsOf(run: string): Iterable<string> {
  const characters = Array.from(run);
  if (characters.length === 1) yield run;
  for (let index = 1; index < characters.length; index += 1) {
    yield `${characters[index - 1]}${characters[index]}`;
  }
}
