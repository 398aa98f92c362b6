/** Every code that a {@link CompactError} may carry. Pinned by a test: adding one is a change of the API. */
export type CompactErrorCode =
  | 'invalid_policy'
  | 'invalid_options'
  | 'invalid_items'
  | 'unknown_session'
  | 'unknown_strategy'
  | 'summarizer_failed'
  | 'summarizer_refused'
  | 'archive_failed'
  | 'archive_missing'
  | 'archive_corrupt'
  | 'insufficient_budget'
  | 'overflow_unrecovered'
  | 'server_managed_state';

export type CompactErrorOptions = {
  readonly code: CompactErrorCode;
  /** What was expected, what came, and what to do. */
  readonly message: string;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
};

const brand = Symbol.for('clew.CompactError');

/** Misuse, or a failure that the caller must handle. What can be expected to happen is an outcome, not an error. */
export class CompactError extends Error {
  readonly code: CompactErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly [brand] = true;

  constructor({ code, message, cause, details = {} }: CompactErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CompactError';
    this.code = code;
    this.details = details;
  }

  /** True also for an error of another copy of this package, which `instanceof` would miss. */
  static isInstance(value: unknown): value is CompactError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
