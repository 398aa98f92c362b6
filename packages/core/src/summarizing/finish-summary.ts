import { digestOf } from '../digest.ts';
import type { SummaryInfo } from '../result.ts';
import { proseOf, withSheet } from '../summary-block.ts';
import type { SummarizeInput } from './summarize-input.ts';
import { summaryTokens } from './summary-info.ts';

/** A summary as it goes into the context: with the fact sheet beneath it, and with what was found of the facts. */
export function finishSummary(
  { book, weigher }: Pick<SummarizeInput<never>, 'book' | 'weigher'>,
  summary: SummaryInfo,
): SummaryInfo {
  if (book === undefined) return summary;
  const prose = proseOf(summary);
  const { text, proseCharacters } = withSheet(prose, book.beneath(prose));
  const { version, verification } = summary;
  const finished: SummaryInfo = {
    ...summary,
    text,
    proseCharacters,
    tokens: summaryTokens(weigher, version, text),
    digest: digestOf(text),
  };
  if (verification === undefined) return finished;
  const { score } = book.settle(finished, true).retention;
  return { ...finished, verification: { ...verification, factScore: score } };
}
