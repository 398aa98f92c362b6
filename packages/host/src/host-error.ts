export type HostErrorCode =
  | 'invalid_options'
  | 'port_in_use'
  | 'listen_failed'
  | 'database_unusable'
  | 'database_version'
  | 'viewer_missing';

export type HostErrorOptions = {
  readonly code: HostErrorCode;
  /** What was expected, what came, and what to do. */
  readonly message: string;
  readonly cause?: unknown;
};

const brand = Symbol.for('clew.HostError');

/** The host could not start as it was asked to. */
export class HostError extends Error {
  readonly code: HostErrorCode;
  readonly [brand] = true;

  constructor({ code, message, cause }: HostErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HostError';
    this.code = code;
  }

  /** True also for an error of another copy of this package, which `instanceof` would miss. */
  static isInstance(value: unknown): value is HostError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
