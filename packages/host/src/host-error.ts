export type HostErrorCode =
  | 'invalid_options'
  | 'token_required'
  | 'port_in_use'
  | 'listen_failed'
  | 'database_unusable'
  | 'database_version'
  | 'viewer_missing'
  | SourceErrorCode;

/** What can be wrong with where sessions are read from. */
export type SourceErrorCode =
  /** The address names no source. */
  | 'source_url'
  /** The query is not valid, or its cursor is of no page. */
  | 'source_query'
  /** The source cannot do what was asked; its capabilities say so. */
  | 'source_unsupported'
  | 'source_unreachable'
  /** It answered, and refused. */
  | 'source_refused'
  /** It answered what nobody can read. */
  | 'source_answer';

export type HostErrorOptions = {
  readonly code: HostErrorCode;
  /** What was expected, what came, and what to do. */
  readonly message: string;
  readonly cause?: unknown;
};

const brand = Symbol.for('clew.HostError');

/** The host could not start as it was asked to, or where it reads sessions from failed it. */
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
