import { Hono, type Context } from 'hono';
import { fromOtlp } from '../otlp/from-otlp.ts';
import { otlpFormat, type OtlpFormat } from '../otlp/otlp-format.ts';
import type { HostContext, HostEnv } from './context.ts';
import { decompress } from './decompress.ts';

/** google.rpc codes, which OTLP's refusals carry beside the HTTP status. */
const INVALID_ARGUMENT = 3;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** `POST /v1/traces`: OTLP/HTTP in JSON or protobuf. The answer has the request's format. */
export function otlpRoute({ intake, bodies, maxBodyBytes }: HostContext): Hono<HostEnv> {
  return new Hono<HostEnv>().post('/v1/traces', async (c) => {
    const format = otlpFormat(c.req.header('content-type'));
    if (format === undefined) {
      return c.json(
        {
          error: 'Unsupported media type',
          expected: 'Content-Type application/json or application/x-protobuf',
          received: c.req.header('content-type') ?? 'none',
        },
        415,
      );
    }
    const refuse = (status: 400 | 413 | 415 | 503, code: number, message: string) =>
      respond(c, format, status, format.refusal(code, message));

    const body = await bodies.read(c.env.incoming, maxBodyBytes);
    if (body.outcome === 'too_large') return refuse(413, RESOURCE_EXHAUSTED, tooLarge(maxBodyBytes));
    if (body.outcome !== 'read') return refuse(503, UNAVAILABLE, body.outcome);
    const raw = await decompress(body.bytes, c.req.header('content-encoding'), maxBodyBytes);
    if (raw.outcome === 'too_large') return refuse(413, RESOURCE_EXHAUSTED, tooLarge(maxBodyBytes));
    if (raw.outcome === 'unsupported')
      return refuse(415, INVALID_ARGUMENT, 'Expected Content-Encoding gzip or none.');
    if (raw.outcome === 'malformed')
      return refuse(400, INVALID_ARGUMENT, 'The body is not gzip, as its header says.');
    const request = format.parse(raw.bytes);
    if (!request.ok) return refuse(400, INVALID_ARGUMENT, request.reason);

    const { spans, rejected } = fromOtlp(request.value);
    const stored = await intake.take(spans);
    if (stored.outcome === 'unavailable') return refuse(503, UNAVAILABLE, stored.reason);
    intake.refuse(rejected.length);
    return respond(c, format, 200, format.success(rejected));
  });
}

function respond(
  c: Context,
  format: OtlpFormat,
  status: 200 | 400 | 413 | 415 | 503,
  body: string | Uint8Array<ArrayBuffer>,
) {
  return c.body(body, status, { 'content-type': format.contentType });
}

function tooLarge(limit: number): string {
  return `Expected a body of at most ${limit} bytes after decompression. Export smaller batches.`;
}
