import type { RunObserver, Settled } from '../observer.ts';
import type { StepBody } from '../step.ts';
import { answerTo } from './ask-for-summary.ts';
import type { Asking } from './ask-for-summary.ts';
import { backOffMillis } from './back-off.ts';
import type { Attempt, SummaryFailure, Tried } from './failure.ts';
import { nextAttempt } from './next-attempt.ts';
import type { Next } from './next-attempt.ts';
import type { SummaryInfo } from '../result.ts';
import type { Summarizer, SummaryRequest } from '../summarizer.ts';
import { better } from './written.ts';
import type { Written } from './written.ts';

/** A summary that is taken, as it goes into the context. */
type Taken = Omit<Written, 'summary'> & { readonly summary: SummaryInfo };

export type WriteOutcome = {
  /** Absent where every way failed. */
  readonly written?: Taken;
  /** The last failure, where there was one. */
  readonly failure?: SummaryFailure;
  readonly attempt: Attempt;
  readonly attempts: number;
};

export type WriteInput = Asking & {
  readonly summarizers: readonly Summarizer[];
  readonly observer: RunObserver;
  readonly first: Attempt;
  /** Tries that were made for this run before. */
  readonly attemptsBefore: number;
  readonly part: SummaryRequest['part'];
  /** What is made of a summary when it is taken. */
  readonly finish: (summary: SummaryInfo) => SummaryInfo;
  /** What `compact.error` says when no way is left. */
  readonly whenStopped: (failure: SummaryFailure) => string;
  /** The step of a text that is taken. */
  readonly created: (taken: Taken, attempt: number) => StepBody;
};

/** What a try came to, and what follows it. */
type TryOutcome =
  | { readonly written: Taken }
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
      const written = finished(input, candidate);
      observer.tell({ ...input.created(written, number), startedAt: at, endedAt: at });
      return { written, failure, attempt, attempts: tried.length };
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
    const good = answer.written === undefined ? undefined : takenFrom(answer.written, answer.failure, state);
    if (good !== undefined) {
      const written = finished(input, good);
      return settle({ written }, input.created(written, state.number));
    }
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

/** What of an answer is taken at once: a good one, and one that lacks sections though they were named to it. */
function takenFrom(
  written: Written,
  failure: SummaryFailure | undefined,
  { candidate }: TryState,
): Written | undefined {
  if (failure === undefined) return written;
  return written.attempt.missing.length > 0 && better(candidate, written) === written ? written : undefined;
}

function finished({ finish }: WriteInput, written: Written): Taken {
  return { ...written, summary: finish(written.summary) };
}

function followUp(
  { engine, summarizers, deadlineAt, signal }: WriteInput,
  last: Tried,
  { tried, candidate }: TryState,
  written: Written | undefined,
): Exclude<TryOutcome, { written: Taken }> {
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
