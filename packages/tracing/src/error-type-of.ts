import type { CompactResult, Outcome } from '@clew/core';

/** The attribute of the general conventions that classes a failure. */
export const ERROR_TYPE = 'error.type';

/** A low-cardinality class of what was thrown: its code where it has one, else its name. */
export function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/**
 * The outcomes that make `compact.run` an error: something broke, or the prompt does not fit and somebody has to
 * act. A fallback did its work (its cause is a `compact.error` of its own); `inflated`, `futile` and `stale` are
 * decisions; `aborted` is the caller's wish.
 */
const errors: ReadonlySet<Outcome> = new Set<Outcome>([
  'failed',
  'irreducible',
  'invalid',
  'timeout',
  'empty',
]);

/** `error.type` of a run; `undefined` where its outcome is no error. */
export function runErrorTypeOf({ outcome, error }: CompactResult<unknown>): string | undefined {
  return errors.has(outcome) ? (error?.code ?? outcome) : undefined;
}
