import { Hono } from 'hono';
import type { HostContext, HostEnv } from './context.ts';
import { readOtlp } from './otlp-exchange.ts';

/** `POST /v1/traces`: OTLP/HTTP in JSON or protobuf. The answer has the request's format. */
export function otlpRoute(context: HostContext): Hono<HostEnv> {
  const { intake, limits } = context;
  return new Hono<HostEnv>().post('/v1/traces', async (c) => {
    const body = await readOtlp(c, context);
    if (body.outcome === 'refused') return body.response;
    const { bytes, answer } = body;
    const request = answer.format.parse(bytes, limits.textLength);
    if (!request.ok) return answer.malformed(request.reason);
    const { spans, rejected } = request.reading;
    if (spans.length + rejected.length > limits.events) return answer.tooMany(limits.events);
    const stored = await intake.take(spans);
    if (stored.outcome === 'committed') intake.refuse(rejected.length);
    return answer.stored(stored, rejected);
  });
}
