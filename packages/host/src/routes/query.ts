import type { Context } from 'hono';
import { z } from 'zod';
import type { ErrorBody } from '../wire.ts';

const WholeNumber = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .pipe(z.int());

/** Where to go on reading: the header of an EventSource that reconnects, else `?cursor=`, else the beginning. */
export function readCursor(c: Context): number | ErrorBody {
  return readNumber(
    'cursor',
    c.req.header('last-event-id') || c.req.query('cursor') || '0',
    WholeNumber,
    'a whole number: the id of the last event seen, or 0',
  );
}

/** `?limit=`: how many rows at most. */
export function readLimit(c: Context, { preset, max }: { preset: number; max: number }): number | ErrorBody {
  const schema = WholeNumber.pipe(z.number().min(1).max(max));
  return readNumber(
    'limit',
    c.req.query('limit') ?? String(preset),
    schema,
    `a whole number from 1 to ${max}`,
  );
}

function readNumber(
  name: string,
  value: string,
  schema: z.ZodType<number>,
  expected: string,
): number | ErrorBody {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? parsed.data
    : { error: `The parameter ${name} is not valid`, expected, received: value };
}
