import { z } from 'zod';

export type ExporterErrorCode = 'invalid_options';

const brand = Symbol.for('clew.ExporterError');

/** Misuse of this package: the message says what was expected, what came and what to do. */
export class ExporterError extends Error {
  readonly code: ExporterErrorCode;
  readonly [brand] = true;

  constructor(code: ExporterErrorCode, message: string) {
    super(message);
    this.name = 'ExporterError';
    this.code = code;
  }

  /** True also for an error of another copy of this package, which `instanceof` would miss. */
  static isInstance(value: unknown): value is ExporterError {
    return typeof value === 'object' && value !== null && brand in value;
  }
}

/** @throws ExporterError `invalid_options`, naming each option, what was expected and what came. */
export function parseOptions<TSchema extends z.ZodType>(
  schema: TSchema,
  options: unknown,
  of: string,
): z.output<TSchema> {
  const parsed = schema.safeParse(options);
  if (!parsed.success) {
    throw new ExporterError(
      'invalid_options',
      `The options of ${of} are not valid:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
