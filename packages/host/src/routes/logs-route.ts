import { Hono } from 'hono';
import { fromOtlpLogs } from '../otlp/from-otlp-logs.ts';
import { readLogsRequest } from '../otlp/otlp-logs-request.ts';
import type { HostContext, HostEnv } from './context.ts';
import { readOtlp } from './otlp-exchange.ts';

/** `POST /v1/logs`: events of tools that tell of their compactions in no other way. All else is taken, and not kept. */
export function logsRoute(context: HostContext): Hono<HostEnv> {
  const { intake, limits } = context;
  return new Hono<HostEnv>().post('/v1/logs', async (c) => {
    const body = await readOtlp(c, context);
    if (body.outcome === 'refused') return body.response;
    const { bytes, answer } = body;
    const reading = readLogsRequest(bytes, answer.format.contentType);
    if (!reading.ok) return answer.malformed(reading.reason);
    const spans = fromOtlpLogs(reading.request, limits.textLength);
    if (spans.length > limits.events) return answer.tooMany(limits.events);
    return answer.stored(await intake.take(spans), []);
  });
}
