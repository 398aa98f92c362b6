import type { Context } from 'hono';
import type { IntakeResult } from '../intake.ts';
import { otlpFormat, type OtlpFormat } from '../otlp/otlp-format.ts';
import type { HostContext, HostEnv } from './context.ts';
import { decompress } from './decompress.ts';

/** google.rpc codes, which OTLP's refusals carry beside the HTTP status. */
const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** What a request brought, or the answer that refuses it. */
export type OtlpRequestBody =
  | { readonly outcome: 'read'; readonly bytes: Uint8Array; readonly answer: OtlpAnswer }
  | { readonly outcome: 'refused'; readonly response: Response };

/** Answers in the request's own format. */
interface OtlpAnswer {
  readonly format: OtlpFormat;
  /** For what cannot be read. */
  malformed(message: string): Response;
  tooMany(limit: number): Response;
  /** For what was read: stored or not, and the reasons why some of it was rejected. */
  stored(result: IntakeResult, rejected: readonly string[]): Response;
}

/** Reads the body of a request of OTLP/HTTP in JSON or protobuf, decompressed, within the host's limits. */
export async function readOtlp(
  c: Context<HostEnv>,
  { bodies, limits }: HostContext,
): Promise<OtlpRequestBody> {
  const format = otlpFormat(c.req.header('content-type'));
  if (format === undefined) return { outcome: 'refused', response: unknownType(c) };
  const refuse = (status: 400 | 413 | 415 | 503, code: number, message: string): Response =>
    c.body(format.refusal(code, message), status, {
      'content-type': format.contentType,
      ...(status === 503 && { 'retry-after': '1' }),
    });
  const refused = (...args: Parameters<typeof refuse>): OtlpRequestBody => ({
    outcome: 'refused',
    response: refuse(...args),
  });
  const tooLarge = `Expected a body of at most ${limits.bodyBytes} bytes (limits.bodyBytes) after decompression. Export smaller batches.`;

  const body = await bodies.read(c.env.incoming, limits.bodyBytes);
  if (body.outcome === 'too_large') return refused(413, RESOURCE_EXHAUSTED, tooLarge);
  if (body.outcome !== 'read')
    return refused(
      503,
      UNAVAILABLE,
      'As many bodies as the host may hold (limits.heldBytes) are being received.',
    );
  const raw = await decompress(body.bytes, c.req.header('content-encoding'), limits.bodyBytes);
  if (raw.outcome === 'too_large') return refused(413, RESOURCE_EXHAUSTED, tooLarge);
  if (raw.outcome === 'unsupported')
    return refused(415, INVALID_ARGUMENT, 'Expected Content-Encoding gzip or none.');
  if (raw.outcome === 'malformed')
    return refused(400, INVALID_ARGUMENT, 'The body is not gzip, as its header says.');

  const answer: OtlpAnswer = {
    format,
    malformed: (message) => refuse(400, INVALID_ARGUMENT, message),
    tooMany: (limit) =>
      refuse(
        413,
        RESOURCE_EXHAUSTED,
        `Expected at most ${limit} in one request (limits.events). Export smaller batches.`,
      ),
    stored: (result, rejected) =>
      result.outcome === 'unavailable'
        ? refuse(503, UNAVAILABLE, result.reason)
        : c.body(format.success(rejected), 200, { 'content-type': format.contentType }),
  };
  return { outcome: 'read', bytes: raw.bytes, answer };
}

function unknownType(c: Context): Response {
  return c.json(
    {
      error: 'Unsupported media type',
      expected: 'Content-Type application/json or application/x-protobuf',
      received: c.req.header('content-type') ?? 'none',
    },
    415,
  );
}
