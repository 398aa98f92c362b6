/** How a run ended. Closed: a caller may switch on it. */
export const outcomes = [
  /** A summary replaced what it covers. */
  'compacted',
  /** Below the trigger: nothing to do. */
  'noop_below',
  /** Asked for, but nothing may leave. */
  'noop_nothing',
  /** Items were cleared, trimmed or dropped; no summary was needed. */
  'pruned_only',
  /** Items that had left were put back: a compaction was undone, or they were asked for. */
  'restored',
  /** The summariser failed; a step that needs no model did the work. */
  'fallback',
  /** The result would have been larger than the input; the input was returned. */
  'inflated',
  /** The summary was empty; the input was returned. */
  'empty',
  /** The input cannot be compacted safely (a malformed call or result); it was returned. */
  'invalid',
  'timeout',
  'aborted',
  'stale',
  /** Compacting has stopped to help, and the context fits: it was left as it is. */
  'futile',
  /** What may never leave is over the budget by itself. */
  'irreducible',
  /** Something unexpected failed; the input was returned. */
  'failed',
] as const;
export type Outcome = (typeof outcomes)[number];
