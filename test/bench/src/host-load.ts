import { Agent, request } from 'node:http';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-node';

export type Load = {
  readonly path: string;
  readonly contentType: string;
  readonly spans: number;
  readonly bodies: readonly Buffer[];
};

/** Spans of a session, and of a request: some 200 KB, which Ariadne's limit lets through. */
const PER_SESSION = 100;
const PER_BODY = 300;

const startedAt = Date.UTC(2026, 0, 1);

/** What a `compact.trigger_decision` says, about as long as a real one. */
function record(session: number, index: number): Record<string, string | number | boolean> {
  return {
    session_id: `session-${session}`,
    model: 'gpt-5.2',
    triggered: false,
    reason: 'below_trigger',
    t_est: 64_000 + index,
    max_tokens: 128_000,
    output_text: `The prompt of call ${index} has 64,000 of 128,000 tokens. ${'It fits. '.repeat(30)}`,
  };
}

export function ariadneLoad(spans: number): Load {
  const bodies = chunks(spans).map(([from, to]) => {
    const batch = Array.from({ length: to - from }, (_, offset) => {
      const index = from + offset;
      const session = Math.floor(index / PER_SESSION);
      return {
        type: 'span',
        trace_id: session.toString(16).padStart(32, '0'),
        span_id: idOf(index),
        kind: 'compaction',
        name: 'compact.trigger_decision',
        started_at: new Date(startedAt + index).toISOString(),
        ended_at: new Date(startedAt + index + 5).toISOString(),
        status: 'ok',
        data: record(session, index),
      };
    });
    return Buffer.from(JSON.stringify({ batch }));
  });
  return { path: '/ingest', contentType: 'application/json', spans, bodies };
}

/** The same by the serializers of OpenTelemetry itself, counted from `first`. */
export function otlpLoad(spans: number, form: 'json' | 'protobuf', first = 0): Load {
  const serializer = form === 'json' ? JsonTraceSerializer : ProtobufTraceSerializer;
  const [template] = finished(1);
  if (template === undefined) throw new Error('a tracer gives the span that it is asked for');
  const bodies = chunks(spans).map(([from, to]) => {
    const list = Array.from({ length: to - from }, (_, offset) => spanOf(template, first + from + offset));
    return Buffer.from(serializer.serializeRequest(list) ?? []);
  });
  const contentType = form === 'json' ? 'application/json' : 'application/x-protobuf';
  return { path: '/v1/traces', contentType, spans, bodies };
}

/** Sends everything over some connections that stay open. Returns the milliseconds that it took. */
export async function send(
  url: string,
  { path, contentType, bodies }: Load,
  connections = 4,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const rest = bodies.values();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (const body of rest) await post(agent, url + path, contentType, body);
    }),
  );
  const took = performance.now() - began;
  agent.destroy();
  return took;
}

function post(agent: Agent, url: string, contentType: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': contentType, 'content-length': body.byteLength };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject).end(body);
  });
}

function chunks(spans: number): readonly (readonly [from: number, to: number])[] {
  return Array.from({ length: Math.ceil(spans / PER_BODY) }, (_, index) => [
    index * PER_BODY,
    Math.min(spans, (index + 1) * PER_BODY),
  ]);
}

/** Spread like random ids, and never the same twice. */
function idOf(index: number): string {
  return ((BigInt(index + 1) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn).toString(16).padStart(16, '0');
}

function finished(count: number): readonly ReadableSpan[] {
  const ended: ReadableSpan[] = [];
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'bench' }),
    spanProcessors: [
      {
        onStart: () => undefined,
        onEnd: (span) => void ended.push(span),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  });
  for (let index = 0; index < count; index += 1)
    provider.getTracer('bench').startSpan('compact.trigger_decision').end();
  return ended;
}

function spanOf(template: ReadableSpan, index: number): ReadableSpan {
  const session = Math.floor(index / PER_SESSION);
  const context = {
    ...template.spanContext(),
    traceId: (session + 1).toString(16).padStart(32, '0'),
    spanId: idOf(index),
  };
  const attributes = Object.fromEntries(
    Object.entries(record(session, index)).map(([key, value]) => [`compact.${key}`, value]),
  );
  const at = Math.floor((startedAt + index) / 1000);
  return Object.assign(Object.create(template), {
    attributes,
    startTime: [at, 0],
    endTime: [at, 5_000_000],
    spanContext: () => context,
  });
}
