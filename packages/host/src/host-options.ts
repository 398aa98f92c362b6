import { z } from 'zod';
import { HostError } from './host-error.ts';

/** How a host is started. Every field has a default. */
export const HostOptions = z.strictObject({
  /** A file path, whose folder is made where it is missing, or `:memory:`. */
  database: z.string().min(1).default(':memory:'),
  /** The folder of the viewer's built files; without it the root answers with a list of endpoints. */
  viewerRoot: z.string().min(1).optional(),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(5175),
  /** Only loopback addresses are safe: the host knows no users. */
  hostname: z.string().min(1).default('127.0.0.1'),
  /** The largest OTLP body, after decompression. `/ingest` keeps Ariadne's limit whatever this says. */
  maxBodyBytes: z
    .int()
    .positive()
    .default(16 * 1024 * 1024),
  /** Silence on a stream after which a comment is sent, in milliseconds. */
  heartbeatMillis: z.int().positive().default(15_000),
  /** The clock, in epoch milliseconds. */
  now: z
    .custom<() => number>((value) => typeof value === 'function', 'expected a function')
    .default(() => Date.now),
});
export type HostOptions = z.infer<typeof HostOptions>;
export type HostOptionsInput = z.input<typeof HostOptions>;

export function parseHostOptions(input: unknown): HostOptions {
  const parsed = HostOptions.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new HostError({
    code: 'invalid_options',
    message: `The host's options are not valid. ${z.prettifyError(parsed.error)}`,
    cause: parsed.error,
  });
}
