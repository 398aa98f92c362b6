import type { Change } from '../change.ts';
import type { Entry } from '../entry.ts';
import { textWithNotes } from '../media/media-note.ts';
import { shorten } from '../shorten.ts';
import type { Weigher } from '../weigh.ts';

/** Characters to a token, to begin with; a script with fewer is cut again. */
const charactersPerToken = 3;
/** The note on what was left out needs some room of its own. */
const minCharacters = 16;

/** The head and the tail of a text that weighs more than `limit`; together they do not, so that it is cut once. */
export function trimToTokens(
  weigher: Weigher,
  entry: Entry<unknown>,
  limit: number,
  reason: string,
): Change | undefined {
  if (entry.tokens <= limit) return undefined;
  const whole = textWithNotes(entry.view);
  let characters = limit * charactersPerToken;
  for (;;) {
    const text = shorten(whole, characters);
    const tokens = weigher.view({ text, mediaCount: 0 });
    if (tokens <= limit || characters <= minCharacters) return { fate: 'trimmed', text, tokens, reason };
    characters = Math.max(minCharacters, Math.floor(Math.min(0.9, limit / tokens) * characters));
  }
}
