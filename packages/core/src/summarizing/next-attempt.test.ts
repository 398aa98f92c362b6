import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffMillis } from './back-off.ts';
import { failureKinds } from './failure.ts';
import type { Attempt, FailureKind, Tried } from './failure.ts';
import { nextAttempt } from './next-attempt.ts';
import type { AttemptLimits } from './next-attempt.ts';

const first: Attempt = { summarizer: 0, strategy: 'task_state', maxTokens: 1000, missing: [] };
const one: AttemptLimits = { summarizers: 1, retries: 2 };
const two: AttemptLimits = { summarizers: 2, retries: 2 };
const missing = ['Goals'];

/** Lets attempts fail so, one after the other. @returns what was decided after each */
function walk(kinds: readonly FailureKind[], limits: AttemptLimits) {
  const tried: Tried[] = [];
  const decisions: string[] = [];
  let attempt: Attempt | undefined = first;
  for (const kind of kinds) {
    if (attempt === undefined) break;
    tried.push({ attempt, failure: { kind, errorType: kind, message: kind, missing } });
    const next = nextAttempt(tried, limits);
    decisions.push(next.fallback);
    attempt = next.action === 'try' ? next.attempt : undefined;
  }
  return { tried, decisions, attempt };
}

describe('after a failed try', () => {
  it.each<readonly [string, readonly FailureKind[], AttemptLimits, readonly string[]]>([
    [
      'what may pass is tried again',
      ['transient', 'transient', 'transient'],
      one,
      ['retry', 'retry', 'pruning-only'],
    ],
    [
      'then by the next model, with retries of its own',
      ['transient', 'transient', 'transient', 'transient'],
      two,
      ['retry', 'retry', 'fallback-model', 'retry'],
    ],
    [
      'what is too long is halved twice',
      ['too_long', 'too_long', 'too_long'],
      two,
      ['retry-shorter', 'retry-shorter', 'pruning-only'],
    ],
    [
      'what was refused is asked for as a brief',
      ['refused', 'refused'],
      two,
      ['retry-brief', 'pruning-only'],
    ],
    ['a timeout is not waited for twice', ['timeout', 'timeout'], two, ['fallback-model', 'pruning-only']],
    [
      'what is for good goes to the next model',
      ['permanent', 'unusable'],
      two,
      ['fallback-model', 'pruning-only'],
    ],
    ['an overflow goes to the next model', ['overflow', 'overflow'], two, ['fallback-model', 'pruning-only']],
    [
      'missing sections are named once to each model',
      ['incomplete', 'incomplete', 'incomplete', 'incomplete'],
      two,
      ['retry-sections', 'fallback-model', 'retry-sections', 'pruning-only'],
    ],
  ])('%s', (_name, kinds, limits, expected) => {
    expect(walk(kinds, limits).decisions).toEqual(expected);
  });

  it('the request changes as the failure asks', () => {
    expect(walk(['too_long'], one).attempt).toEqual({ ...first, maxTokens: 500 });
    expect(walk(['refused'], one).attempt).toEqual({ ...first, strategy: 'brief' });
    expect(walk(['incomplete'], one).attempt).toEqual({ ...first, missing });
    expect(walk(['incomplete', 'permanent'], two).attempt).toEqual({ ...first, summarizer: 1 });
  });

  it('a summary that is good enough is taken rather than lost', () => {
    const { tried } = walk(['incomplete', 'transient'], two);
    expect(nextAttempt(tried, two, true)).toEqual({ action: 'accept', fallback: 'accept-incomplete' });
  });

  it('ends, whatever fails', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...failureKinds), { minLength: 200, maxLength: 200 }),
        fc.record({ summarizers: fc.integer({ min: 1, max: 4 }), retries: fc.integer({ min: 0, max: 5 }) }),
        (kinds, limits) => {
          const { tried, attempt } = walk(kinds, limits);
          const bound = limits.summarizers * (limits.retries + 2) + 3;
          expect(attempt).toBeUndefined();
          expect(tried.length).toBeLessThanOrEqual(bound);
          expect(tried.every((each) => each.attempt.summarizer < limits.summarizers)).toBe(true);
        },
      ),
    );
  });
});

describe('the wait before a retry', () => {
  it('lies between what the provider asked for and a limit that doubles', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(12), unit, fc.nat(60_000), (retry, random, floor) => {
        const millis = backOffMillis(retry, random, floor);
        expect(millis).toBeGreaterThanOrEqual(floor);
        expect(millis).toBeLessThanOrEqual(floor + Math.min(8000, 500 * 2 ** retry));
      }),
    );
  });
});
