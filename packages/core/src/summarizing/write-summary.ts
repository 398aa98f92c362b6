import type { Engine } from '../engine.ts';
import { CompactError } from '../errors.ts';
import type { RunObserver, Settled } from '../observer.ts';
import type { SummaryInfo } from '../result.ts';
import type { StepBody } from '../step.ts';
import { strategyOf } from '../strategies/strategy.ts';
import type { Summarizer, SummaryDraft, SummaryRequest } from '../summarizer.ts';
import { withinTime } from '../until-aborted.ts';
import { backOffMillis } from './back-off.ts';
import { failureOf } from './failure-of.ts';
import type { Attempt, SummaryFailure, Tried } from './failure.ts';
import { judgeSummary } from './judge-summary.ts';
import type { SummaryVerification } from './judge-summary.ts';
import { nextAttempt } from './next-attempt.ts';
import type { Next } from './next-attempt.ts';
import { tidyDraft } from './tidy-draft.ts';

/** A summary that stood up to the checks, and where it came from. */
type Written = {
  readonly summary: SummaryInfo & { readonly verification: SummaryVerification };
  readonly attempt: Attempt;
  readonly model: string | undefined;
  readonly hiddenTokens: number;
};

export type WriteOutcome = {
  /** Absent where every way failed. */
  readonly written?: Written;
  /** The last failure, where there was one. */
  readonly failure?: SummaryFailure;
  readonly attempt: Attempt;
  readonly attempts: number;
};

export type WriteInput = {
  readonly engine: Pick<Engine<never>, 'policy' | 'now' | 'sleep' | 'random' | 'summaryTimeoutMillis'>;
  readonly summarizers: readonly Summarizer[];
  readonly observer: RunObserver;
  readonly signal: AbortSignal | undefined;
  /** When the summary must be there, in epoch milliseconds. */
  readonly deadlineAt: number;
  readonly first: Attempt;
  /** Tries that were made for this run before. */
  readonly attemptsBefore: number;
  readonly part: SummaryRequest['part'];
  readonly requestFor: (attempt: Attempt) => {
    readonly request: SummaryRequest;
    readonly hiddenTokens: number;
  };
  /** A text as the summary. */
  readonly infoOf: (text: string) => SummaryInfo;
  /** What it stands for, the summary before it included, in tokens. */
  readonly sourceTokens: number;
  /** What `compact.error` says when no way is left. */
  readonly whenStopped: (failure: SummaryFailure) => string;
  /** The step of a text that is taken. */
  readonly created: (written: Written, attempt: number) => StepBody;
};

/** What a try came to, and what follows it. */
type TryOutcome =
  | { readonly written: Written }
  | { readonly tried: Tried; readonly next: Next; readonly waitMillis: number; readonly candidate?: Written };

/** Asks until a summary is there or no way is left: a thin loop around `nextAttempt`. */
export async function writeSummary(input: WriteInput): Promise<WriteOutcome> {
  const { engine, observer, signal, first, attemptsBefore } = input;
  const tried: Tried[] = [];
  let attempt = first;
  let candidate: Written | undefined;
  for (;;) {
    const number = attemptsBefore + tried.length + 1;
    const outcome = await tryOnce(input, attempt, { tried, candidate, number });
    if ('written' in outcome) return { written: outcome.written, attempt, attempts: tried.length + 1 };
    signal?.throwIfAborted();
    tried.push(outcome.tried);
    candidate = better(candidate, outcome.candidate);
    const { next } = outcome;
    const { failure } = outcome.tried;
    if (next.action === 'accept' && candidate !== undefined) {
      const at = engine.now();
      observer.tell({ ...input.created(candidate, number), startedAt: at, endedAt: at });
      return { written: candidate, failure, attempt, attempts: tried.length };
    }
    if (next.action !== 'try') return { failure, attempt, attempts: tried.length };
    if (outcome.waitMillis > 0)
      await engine.sleep(outcome.waitMillis, signal ?? new AbortController().signal);
    attempt = next.attempt;
  }
}

type TryState = {
  readonly tried: readonly Tried[];
  readonly candidate: Written | undefined;
  readonly number: number;
};

async function tryOnce(input: WriteInput, attempt: Attempt, state: TryState): Promise<TryOutcome> {
  const { engine, observer, summarizers, part } = input;
  const startedAt = engine.now();
  const summarizer = summarizers[attempt.summarizer];
  const settle = (value: TryOutcome, step: StepBody): Settled<TryOutcome> => ({
    value,
    step: { ...step, startedAt, endedAt: engine.now() },
  });
  const { value } = await observer.within<TryOutcome>(async () => {
    const answer = await answerTo(input, attempt, summarizer);
    const written =
      answer.written === undefined ? undefined : takenFrom(answer.written, answer.failure, state);
    if (written !== undefined) return settle({ written }, input.created(written, state.number));
    const failure = answer.failure ?? unforeseen;
    const follow = followUp(input, { attempt, failure }, state, answer.written);
    const { next, waitMillis } = follow;
    return settle(follow, {
      name: 'error',
      errorType: failure.errorType,
      message: failure.message,
      fallback: fallbackOf(input, next, failure),
      attempt: state.number,
      ...(summarizer?.model === undefined ? {} : { model: summarizer.model }),
      ...(waitMillis > 0 ? { waitMillis } : {}),
      ...(part === undefined ? {} : { part }),
    });
  });
  return value;
}

const unforeseen: SummaryFailure = {
  kind: 'permanent',
  errorType: 'summarizer_failed',
  message: 'There is no summary.',
};

/** A good answer, or a failure; and with a failure for want of sections, the answer that lacks them. */
type Answer = { readonly written?: Written; readonly failure?: SummaryFailure };

async function answerTo(
  { engine, signal, deadlineAt, requestFor, infoOf, sourceTokens }: WriteInput,
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
  about: Pick<WriteInput, 'engine' | 'infoOf' | 'sourceTokens'> & {
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

/** What of an answer is taken at once: a good one, and one that lacks sections though they were named to it. */
function takenFrom(
  written: Written,
  failure: SummaryFailure | undefined,
  { candidate }: TryState,
): Written | undefined {
  if (failure === undefined) return written;
  return written.attempt.missing.length > 0 && better(candidate, written) === written ? written : undefined;
}

function followUp(
  { engine, summarizers, deadlineAt, signal }: WriteInput,
  last: Tried,
  { tried, candidate }: TryState,
  written: Written | undefined,
): Exclude<TryOutcome, { written: Written }> {
  const all = [...tried, last];
  const hasCandidate = better(candidate, written) !== undefined;
  const limits = { summarizers: summarizers.length, retries: engine.policy.summaryRetries };
  const now = engine.now();
  let next = nextAttempt(all, limits, hasCandidate);
  let waitMillis = waitOf(next, last, engine.random);
  if (waitMillis > 0 && now + waitMillis >= deadlineAt) {
    next = nextAttempt(all, { ...limits, retries: 0 }, hasCandidate);
    waitMillis = 0;
  }
  if (next.action === 'try' && (now >= deadlineAt || signal?.aborted === true)) {
    next = hasCandidate
      ? { action: 'accept', fallback: 'accept-incomplete' }
      : { action: 'stop', fallback: 'pruning-only' };
  }
  return { tried: last, next, waitMillis, ...(written === undefined ? {} : { candidate: written }) };
}

function waitOf(next: Next, { failure }: Tried, random: () => number): number {
  if (next.action !== 'try' || next.retry === undefined) return 0;
  return backOffMillis(next.retry, random(), failure.retryAfterMillis);
}

function fallbackOf({ signal, whenStopped }: WriteInput, next: Next, failure: SummaryFailure): string {
  if (signal?.aborted === true) return 'not-compacted';
  return next.action === 'stop' ? whenStopped(failure) : next.fallback;
}

/** The one that lacks fewer sections; the newer where they are alike. */
function better(older: Written | undefined, newer: Written | undefined): Written | undefined {
  if (older === undefined || newer === undefined) return newer ?? older;
  const lacking = ({ summary }: Written) => summary.verification.sections.missing.length;
  return lacking(newer) <= lacking(older) ? newer : older;
}
