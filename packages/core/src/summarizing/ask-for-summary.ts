import type { Engine } from '../engine.ts';
import { CompactError } from '../errors.ts';
import type { SummaryInfo } from '../result.ts';
import { strategyOf } from '../strategies/strategy.ts';
import type { Summarizer, SummaryDraft, SummaryRequest } from '../summarizer.ts';
import { withinTime } from '../until-aborted.ts';
import { failureOf } from './failure-of.ts';
import type { Attempt, SummaryFailure } from './failure.ts';
import { judgeSummary } from './judge-summary.ts';
import type { SummaryVerification } from './judge-summary.ts';
import { tidyDraft } from './tidy-draft.ts';
import type { Written } from './written.ts';

export type Asking = {
  readonly engine: Pick<Engine<never>, 'policy' | 'now' | 'sleep' | 'random' | 'summaryTimeoutMillis'>;
  readonly signal: AbortSignal | undefined;
  /** When the summary must be there, in epoch milliseconds. */
  readonly deadlineAt: number;
  readonly requestFor: (attempt: Attempt) => {
    readonly request: SummaryRequest;
    readonly hiddenTokens: number;
  };
  /** A text as the summary, with nothing beneath it. */
  readonly infoOf: (text: string) => SummaryInfo;
  /** What it stands for, the summary before it included, in tokens. */
  readonly sourceTokens: number;
};

/** A good answer, or a failure; and with a failure for want of sections, the answer that lacks them. */
export type Answer = { readonly written?: Written; readonly failure?: SummaryFailure };

/** Asks once, and judges what comes. */
export async function answerTo(
  { engine, signal, deadlineAt, requestFor, infoOf, sourceTokens }: Asking,
  attempt: Attempt,
  summarizer: Summarizer | undefined,
): Promise<Answer> {
  try {
    if (summarizer === undefined) {
      throw new CompactError({ code: 'invalid_options', message: 'There is no summarizer.' });
    }
    const { request, hiddenTokens } = requestFor(attempt);
    const left = deadlineAt - engine.now();
    if (left <= 0) return { failure: outOfTime };
    const timeoutMillis = Math.min(engine.summaryTimeoutMillis, left);
    signal?.throwIfAborted();
    const draft = await withinTime(timeoutMillis, signal, async (either) =>
      summarizer.summarize(request, either),
    );
    return judged(draft, { engine, attempt, request, hiddenTokens, infoOf, sourceTokens, summarizer });
  } catch (error) {
    return { failure: failureOf(error, engine.now()) };
  }
}

const outOfTime: SummaryFailure = {
  kind: 'timeout',
  errorType: 'summary_out_of_time',
  message: 'The time for a summary, all tries together, is used up.',
};

function judged(
  draft: SummaryDraft,
  about: Pick<Asking, 'engine' | 'infoOf' | 'sourceTokens'> & {
    readonly attempt: Attempt;
    readonly request: SummaryRequest;
    readonly hiddenTokens: number;
    readonly summarizer: Summarizer;
  },
): Answer {
  if (draft.refused === true) {
    const message = 'The model declined to summarise.';
    return { failure: { kind: 'refused', errorType: 'summarizer_refused', message } };
  }
  const { engine, attempt, request, hiddenTokens, infoOf, sourceTokens, summarizer } = about;
  const summary = infoOf(tidyDraft(draft.text));
  const { sections, example } = strategyOf(request.strategy);
  const verdict = judgeSummary({
    text: summary.text,
    request,
    tokens: summary.tokens,
    sourceTokens,
    isTruncated: draft.truncated === true,
    sections,
    example,
    requiresSections: engine.policy.requireSections,
  });
  const model = draft.model ?? summarizer.model;
  const writtenWith = (verification: SummaryVerification): Written => ({
    summary: { ...summary, verification },
    attempt,
    model,
    hiddenTokens,
  });
  if (verdict.isGood) return { written: writtenWith(verdict.verification) };
  const { failure, candidate } = verdict;
  return { failure, ...(candidate === undefined ? {} : { written: writtenWith(candidate) }) };
}
