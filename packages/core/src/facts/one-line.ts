import { shorten } from '../shorten.ts';
import { defuse } from '../summary-block.ts';

const noteCharacters = 40;

/** A text as one line of at most about `maxCharacters`, which cannot end our block. */
export function oneLine(text: string, maxCharacters: number): string {
  // A long text is cut first: what is in the middle of it need not be read.
  const near = text.length > maxCharacters * 4 ? shorten(text, maxCharacters * 4) : text;
  const line = defuse(near).replace(/\s+/gu, ' ').trim();
  // A note on what was left out would be longer than what it replaces.
  if (line.length <= maxCharacters + noteCharacters) return line;
  return shorten(line, maxCharacters).replace(/\n/gu, ' ');
}
