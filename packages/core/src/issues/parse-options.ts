import type { z } from 'zod';
import { CompactError } from '../errors.ts';
import { describeIssues } from './describe-issues.ts';

/**
 * @param what begins the message, as `The options of FsArchive`
 * @throws CompactError `invalid_options`, a line for each field: what was expected and what came
 */
export function parseOptions<TSchema extends z.ZodType>(
  schema: TSchema,
  options: unknown,
  what: string,
): z.output<TSchema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw new CompactError({
    code: 'invalid_options',
    message: `${what} are not valid:\n  ${describeIssues(schema, issues, options).join('\n  ')}`,
    details: { issues },
  });
}
