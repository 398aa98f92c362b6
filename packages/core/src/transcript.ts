import { commonLimit } from './common-limit.ts';
import type { Entry } from './entry.ts';
import { shorten } from './shorten.ts';
import { defuse } from './summary-block.ts';

export type Transcript = {
  readonly text: string;
  /** Of the items' text, the tokens that are in it. */
  readonly shownTokens: number;
  /** Items that are not whole in it; each says how much of it is left out. */
  readonly shortenedCount: number;
};

/** Of a shortened item, tokens of the note that says so. */
const noteTokens = 12;
/** No item is shortened to less: a head, a tail and the note. */
const minItemTokens = 24;

/**
 * What leaves the context, as a text that a summariser reads. No item is left out; one over `limitTokens` is
 * shortened to its head and tail, and says how much is missing.
 *
 * @param tokensOf what the text of an item weighs
 */
export function renderTranscript(
  entries: readonly Entry<unknown>[],
  tokensOf: (entry: Entry<unknown>) => number,
  limitTokens: number = Number.POSITIVE_INFINITY,
): Transcript {
  let shownTokens = 0;
  let shortenedCount = 0;
  const items = entries.map((entry) => {
    const text = textOf(entry);
    const tokens = tokensOf(entry);
    const isShort = tokens <= limitTokens;
    shownTokens += isShort ? tokens : limitTokens;
    if (isShort) return `## ${headingOf(entry)}\n${text}`;
    shortenedCount += 1;
    const share = Math.max(0, limitTokens - noteTokens) / tokens;
    return `## ${headingOf(entry)}\n${shorten(text, Math.floor(text.length * share))}`;
  });
  return { text: items.join('\n\n'), shownTokens, shortenedCount };
}

/** The limit of an item such that all fit `maxTokens`: the longest are shortened alike, short ones stay whole. */
export function itemLimit(sizes: readonly number[], maxTokens: number): number {
  return Math.max(minItemTokens, commonLimit(sizes, maxTokens));
}

/** Pictures and files are not shown, and that is said too. */
function textOf({ view: { text, mediaCount } }: Entry<unknown>): string {
  const media =
    mediaCount === 0
      ? []
      : [`[${mediaCount} ${mediaCount === 1 ? 'picture or file' : 'pictures or files'}, not shown]`];
  return [...(text === '' && media.length > 0 ? [] : [defuse(text)]), ...media].join('\n');
}

function headingOf({ view, ordinal }: Entry<unknown>): string {
  const number = ordinal === undefined ? '' : `${ordinal + 1} `;
  return `${number}${view.kind === 'message' ? view.role : `${view.kind} ${view.tool ?? ''}`.trim()}`;
}
