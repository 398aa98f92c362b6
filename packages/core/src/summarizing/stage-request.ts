import type { Entry } from '../entry.ts';
import type { SummaryInfo } from '../result.ts';
import { proseOf } from '../summary-block.ts';
import { summaryRequest } from '../summary-prompt.ts';
import type { PromptInput } from '../summary-prompt.ts';
import type { Summarizer, SummaryRequest } from '../summarizer.ts';
import type { SummarizeInput } from './summarize-input.ts';
import { renderTranscript } from '../transcript.ts';
import type { Attempt } from './failure.ts';
import { singleStage } from './split-in-stages.ts';
import type { Stage } from './split-in-stages.ts';

/** Share of a window that may be filled by estimate. */
const fillRatio = 0.9;
const minCapacityTokens = 200;

/** A request, and the tokens of its items that it does not show. */
export type StageRequest = { readonly request: SummaryRequest; readonly hiddenTokens: number };

type About = { readonly before: SummaryInfo | undefined; readonly part: SummaryRequest['part'] };

/** What a summariser is sent for one stage. A summariser with a smaller window is shown shortened items. */
export function stageRequest<TItem>(
  input: SummarizeInput<TItem>,
  stage: Stage,
  about: About & { readonly attempt: Attempt; readonly summarizer: Summarizer | undefined },
): StageRequest {
  const { entries, limitTokens } = stage;
  const tokensOf = textTokens(input);
  const capacityTokens = capacityOf(input, about.summarizer, about.before);
  const own = singleStage({ entries, capacityTokens, tokensOf }).limitTokens;
  const transcript = renderTranscript(entries, tokensOf, Math.min(limitTokens, own));
  const { strategy, maxTokens, missing } = about.attempt;
  return {
    request: summaryRequest({
      ...promptOf(input, about),
      transcript,
      strategy,
      maxTokens,
      missing,
    }),
    hiddenTokens: entries.reduce((sum, { tokens }) => sum + tokens, 0) - transcript.shownTokens,
  };
}

/** Tokens of items that one request holds, beside its instructions and the summary before. */
export function capacityOf<TItem>(
  input: SummarizeInput<TItem>,
  summarizer: Summarizer | undefined,
  before: SummaryInfo | undefined,
): number {
  const { engine, weigher, maxTokens } = input;
  const { policy, maxContextTokens } = engine;
  const empty = summaryRequest({
    ...promptOf(input, { before, part: { number: 1, count: 2 } }),
    transcript: { text: '', shortenedCount: 1 },
    strategy: policy.strategy,
    maxTokens,
    missing: [],
  });
  const own = weigher.text(empty.instructions) + weigher.text(empty.prompt);
  const window = summarizer?.maxInputTokens ?? maxContextTokens - policy.hardCapBuffer - maxTokens;
  return Math.max(minCapacityTokens, Math.floor((window - own) * fillRatio));
}

/** What the text of an item weighs: pictures are not shown. */
export function textTokens<TItem>({ weigher }: SummarizeInput<TItem>): (entry: Entry<unknown>) => number {
  return ({ tokens, view }) => (view.mediaCount === 0 ? tokens : Math.min(tokens, weigher.text(view.text)));
}

function promptOf<TItem>(
  { sessionId, note }: SummarizeInput<TItem>,
  { before, part }: About,
): Pick<PromptInput, 'sessionId' | 'note' | 'previous' | 'part'> {
  return { sessionId, note, previous: before && proseOf(before), part };
}
