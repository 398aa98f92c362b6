import { commonLimit } from './common-limit.ts';
import type { Entry } from './entry.ts';
import { shorten } from './shorten.ts';
import { defuse } from './summary-block.ts';

/** Characters to a token, on the safe side. */
const charactersPerToken = 3;

/**
 * What leaves the context, as a text that a summariser reads. Where the whole is over `maxTokens`, the longest
 * items are shortened to one common length, so that short ones (what people said) stay whole.
 */
export function renderTranscript(entries: readonly Entry<unknown>[], maxTokens: number): string {
  const texts = entries.map((entry) => defuse(entry.view.text));
  const limit = commonLimit(
    texts.map(({ length }) => length),
    maxTokens * charactersPerToken,
  );
  return entries
    .map((entry, index) => `## ${headingOf(entry)}\n${shorten(texts[index] ?? '', limit)}`)
    .join('\n\n');
}

function headingOf({ view, ordinal }: Entry<unknown>): string {
  const number = ordinal === undefined ? '' : `${ordinal + 1} `;
  return `${number}${view.kind === 'message' ? view.role : `${view.kind} ${view.tool ?? ''}`.trim()}`;
}
