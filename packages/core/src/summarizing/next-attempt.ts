import type { Attempt, Tried } from './failure.ts';

export type AttemptLimits = {
  /** How many summarisers there are. */
  readonly summarizers: number;
  /** Further tries of the same request with the same summariser, for what may pass. */
  readonly retries: number;
};

export type Next =
  | {
      readonly action: 'try';
      readonly attempt: Attempt;
      readonly fallback: 'retry' | 'retry-shorter' | 'retry-brief' | 'retry-sections' | 'fallback-model';
      /** The number of the retry, from 0, where a wait comes before it. */
      readonly retry?: number;
    }
  | { readonly action: 'accept'; readonly fallback: 'accept-incomplete' }
  | { readonly action: 'stop'; readonly fallback: 'pruning-only' };

const maxHalvings = 2;
const stop: Next = { action: 'stop', fallback: 'pruning-only' };

/**
 * What follows a failed try. Pure, and bounded: every way on is counted in `tried`, which ends with the failure in
 * question. What may pass is tried again; a summary that is too long is asked for at half the limit, twice at most;
 * what was refused, as a `brief`; what lacks sections, once more with their names; all else by the next summariser.
 *
 * @param hasCandidate whether an earlier try left a summary that lacks sections and is good enough
 */
export function nextAttempt(tried: readonly Tried[], limits: AttemptLimits, hasCandidate = false): Next {
  const last = tried.at(-1);
  if (last === undefined) throw new RangeError('nextAttempt follows a failure: tried must not be empty.');
  const { attempt, failure } = last;
  const isIncomplete = failure.kind === 'incomplete';
  const own = tried.filter((one) => one.attempt.summarizer === attempt.summarizer);
  const earlier = (kind: string) => own.filter((one) => one.failure.kind === kind).length - 1;
  if (isIncomplete && earlier('incomplete') === 0) {
    return {
      action: 'try',
      attempt: { ...attempt, missing: failure.missing ?? [] },
      fallback: 'retry-sections',
    };
  }
  if (hasCandidate) return { action: 'accept', fallback: 'accept-incomplete' };
  switch (failure.kind) {
    case 'transient': {
      const retry = earlier('transient');
      return retry < limits.retries
        ? { action: 'try', attempt, fallback: 'retry', retry }
        : nextModel(attempt, limits);
    }
    case 'too_long': {
      const halvings = tried.filter((one) => one.failure.kind === 'too_long').length - 1;
      const maxTokens = Math.floor(attempt.maxTokens / 2);
      return halvings < maxHalvings && maxTokens > 0
        ? { action: 'try', attempt: { ...attempt, maxTokens, missing: [] }, fallback: 'retry-shorter' }
        : stop;
    }
    case 'refused':
      return attempt.strategy === 'brief'
        ? stop
        : {
            action: 'try',
            attempt: { ...attempt, strategy: 'brief', missing: [] },
            fallback: 'retry-brief',
          };
    case 'timeout':
    case 'permanent':
    case 'overflow':
    case 'unusable':
    case 'incomplete':
      return nextModel(attempt, limits);
  }
}

function nextModel(attempt: Attempt, { summarizers }: AttemptLimits): Next {
  const summarizer = attempt.summarizer + 1;
  return summarizer < summarizers
    ? { action: 'try', attempt: { ...attempt, summarizer, missing: [] }, fallback: 'fallback-model' }
    : stop;
}
