import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
export type Attribute = z.infer<typeof Attribute>;

const InboxSpan = z.looseObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.int(),
  startTimeUnixNano: z.string().regex(/^\d+$/),
  endTimeUnixNano: z.string().regex(/^\d+$/),
  attributes: z.array(Attribute).default([]),
  status: z.object({ code: z.int().default(0), message: z.string().default('') }).prefault({}),
});
export type InboxSpan = z.infer<typeof InboxSpan>;

const Request = z.strictObject({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ scope: z.unknown(), spans: z.array(InboxSpan) })),
    }),
  ),
});

/** A span with what it came in. */
export type Received = {
  readonly span: InboxSpan;
  readonly resource: readonly Attribute[];
  readonly scope: unknown;
  readonly service: string;
};

/** What a double of a backend has received by OTLP in JSON, by trace. It refuses what the protocol does not know. */
export class OtlpInbox {
  readonly traces = new Map<string, Received[]>();

  receive(body: string): void {
    for (const { resource, scopeSpans } of Request.parse(JSON.parse(body)).resourceSpans) {
      const service = textAt(resource.attributes, 'service.name') ?? '';
      for (const { scope, spans } of scopeSpans)
        for (const span of spans) {
          const trace = this.traces.get(span.traceId) ?? [];
          trace.push({ span, resource: resource.attributes, scope, service });
          this.traces.set(span.traceId, trace);
        }
    }
  }
}

export function textAt(attributes: readonly Attribute[], key: string): string | undefined {
  const value = attributes.find((attribute) => attribute.key === key)?.value['stringValue'];
  return typeof value === 'string' ? value : undefined;
}

/** OTLP in JSON again: one resource a span, as a backend may answer it. */
export function toResourceSpans(
  received: readonly Received[],
  spanOf: (span: InboxSpan) => unknown,
): unknown {
  return received.map(({ span, resource, scope }) => ({
    resource: { attributes: resource },
    scopeSpans: [{ scope, spans: [spanOf(span)] }],
  }));
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Uint8Array).parse(chunk));
  return Buffer.concat(chunks).toString();
}
