export type RedactionErrorCode = 'invalid_pattern';

const brand = Symbol.for('clew.RedactionError');

/** Misuse of this package: the message says what was expected, what came and what to do. */
export class RedactionError extends Error {
  readonly code: RedactionErrorCode;
  readonly [brand] = true;

  constructor(code: RedactionErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RedactionError';
    this.code = code;
  }

  /** True also for an error of another copy of this package, which `instanceof` would miss. */
  static isInstance(value: unknown): value is RedactionError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
