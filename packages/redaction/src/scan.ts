/** A stretch of a text, from `start` up to `end`. */
export type Stretch = { readonly start: number; readonly end: number };

/** The shortest token of an issuer that we know, its prefix included. */
export const shortestToken = 15;

/** What tokens are made of, by character code: letters, digits and `_ % . + / = ~ -`. */
const isTokenCode = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_%.+/=~-') {
  isTokenCode[character.charCodeAt(0)] = 1;
}

/**
 * A text that several rules look through, and what they share: where in it a token may stand at all. In prose that is
 * nowhere, in code in a tenth of it; the rules look only there.
 */
export class Scan {
  readonly text: string;
  #runs: readonly Stretch[] | undefined;
  #runText: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The stretches that are long enough for a token and hold nothing else than its characters. */
  get runs(): readonly Stretch[] {
    return (this.#runs ??= runsOf(this.text));
  }

  /** Those stretches, with a space between them. */
  get runText(): string {
    return (this.#runText ??= this.runs.map(({ start, end }) => this.text.slice(start, end)).join(' '));
  }
}

/** Looks at every 15th character, and back from there: where it is no token's, 15 characters are done with. */
function runsOf(text: string): readonly Stretch[] {
  const runs: Stretch[] = [];
  let from = 0;
  for (let probe = shortestToken - 1; probe < text.length; probe = from + shortestToken - 1) {
    let at = probe;
    while (at >= from && isTokenCode[text.charCodeAt(at)] === 1) {
      at -= 1;
    }
    if (at >= from) {
      from = at + 1;
      continue;
    }
    let end = probe + 1;
    while (end < text.length && isTokenCode[text.charCodeAt(end)] === 1) {
      end += 1;
    }
    runs.push({ start: from, end });
    from = end + 1;
  }
  return runs;
}
