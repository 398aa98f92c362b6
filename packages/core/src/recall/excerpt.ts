import { wordsOf } from './words.ts';

export type Excerpt = { readonly text: string; readonly from: number; readonly to: number };

/** The part of a text that fits: from a given character on, or around the first of the query's words, rare ones first. */
export function excerptOf(
  text: string,
  {
    query,
    from,
    maxCharacters,
  }: {
    readonly query: string | undefined;
    readonly from: number | undefined;
    readonly maxCharacters: number;
  },
): Excerpt {
  if (text.length <= maxCharacters && from === undefined) return { text, from: 0, to: text.length };
  const latest = Math.max(0, text.length - maxCharacters);
  const start = from ?? Math.min(latest, Math.max(0, placeOf(text, query) - Math.floor(maxCharacters / 4)));
  const to = Math.min(text.length, start + maxCharacters);
  return { text: text.slice(start, to), from: Math.min(start, to), to };
}

function placeOf(text: string, query: string | undefined): number {
  if (query === undefined) return 0;
  const lower = text.toLowerCase();
  const whole = lower.indexOf(query.trim().toLowerCase());
  if (whole !== -1) return whole;
  // The longest word is the rarest, mostly.
  const words = [...new Set(wordsOf(query))].toSorted((left, right) => right.length - left.length);
  const found = words.map((word) => lower.indexOf(word)).find((place) => place !== -1);
  return found ?? 0;
}
