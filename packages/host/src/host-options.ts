import { z } from 'zod';
import { isLoopback } from './is-loopback.ts';
import { HostLimits } from './limits.ts';
import { HostError } from './host-error.ts';
import { HostRetention } from './retention-options.ts';
import type { TraceSource } from './source/trace-source.ts';

/** How a host is started. Every field has a default. */
export const HostOptions = z.strictObject({
  /** A file path, whose folder is made where it is missing, or `:memory:`. */
  database: z.string().min(1).default(':memory:'),
  /** The folder of the viewer's built files; without it the root answers with a list of endpoints. */
  viewerRoot: z.string().min(1).optional(),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535).default(5175),
  /** Any address but a loopback one needs a token. */
  hostname: z.string().min(1).default('127.0.0.1'),
  /** What a client must know: `Authorization: Bearer …`, or a cookie that `/?token=…` gives a browser. */
  token: z
    .string()
    .min(16)
    .regex(/^[\w.~+/=-]+$/, 'expected letters, digits and . _ ~ + / = - only')
    .optional(),
  /** The origins whose pages may read and send, such as `https://viewer.example`. None by default. */
  corsOrigins: z.array(z.url().transform((url) => new URL(url).origin)).default([]),
  limits: HostLimits.prefault({}),
  retention: HostRetention.prefault({}),
  /** Where sessions are listed and read, instead of the host's own store. Closed with the host. */
  source: z.custom<TraceSource>(isTraceSource, 'expected a TraceSource').optional(),
  /** Where spans are written to as well once they have ended: `clickhouse://user:password@host:8123/database`. */
  clickhouse: z.string().min(1).optional(),
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
  if (parsed.success) return needToken(parsed.data);
  throw new HostError({
    code: 'invalid_options',
    message: `The host's options are not valid. ${z.prettifyError(parsed.error)}`,
    cause: parsed.error,
  });
}

function isTraceSource(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'readSession' in value && 'listSessions' in value;
}

function needToken(options: HostOptions): HostOptions {
  if (isLoopback(options.hostname) || options.token !== undefined) return options;
  throw new HostError({
    code: 'token_required',
    message: `Expected a token to listen on ${options.hostname}, which others can reach, but there is none. Set \`token\` to a secret of 16 characters or more, or listen on 127.0.0.1.`,
  });
}
