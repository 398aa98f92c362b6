import { z } from 'zod';
import { fromOtlp } from '../otlp/from-otlp.ts';
import { OtlpRequest } from '../otlp/otlp-request.ts';
import type { IncomingSpan } from '../store/incoming.ts';
import type { SourceSpan } from './trace-source.ts';

const Named = z.looseObject({
  kind: z.union([z.string(), z.number()]).nullish(),
  status: z.looseObject({ code: z.union([z.string(), z.number()]).nullish() }).nullish(),
});
const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const codes = ['UNSET', 'OK', 'ERROR'];

/**
 * Spans from traces that a backend answered as OTLP in JSON. Unlike senders, backends also write the names of kinds
 * and of status codes, and ids in base64. What cannot be read is left out, and counted.
 */
export function fromOtlpAnswer(traces: unknown): {
  readonly spans: readonly SourceSpan[];
  readonly unreadable: readonly string[];
} {
  const parsed = OtlpRequest.safeParse(traces);
  if (!parsed.success) return { spans: [], unreadable: [z.prettifyError(parsed.error)] };
  const resourceSpans = (parsed.data.resourceSpans ?? []).map((resource) => ({
    ...resource,
    scopeSpans: (resource.scopeSpans ?? []).map((scope) => ({
      ...scope,
      spans: (scope.spans ?? []).map(numbered),
    })),
  }));
  const { spans, rejected } = fromOtlp({ resourceSpans }, Number.POSITIVE_INFINITY);
  return { spans: spans.map(toSourceSpan), unreadable: rejected };
}

function toSourceSpan({ name = '', links, ...span }: IncomingSpan): SourceSpan {
  return { ...span, name, ...(links && { links: links.map((link) => ({ ...link, id: link.spanId })) }) };
}

function numbered(span: unknown): unknown {
  const { data } = Named.safeParse(span);
  if (data === undefined) return span;
  return {
    ...data,
    kind: numberOf(data.kind, 'SPAN_KIND_', kinds),
    ...(data.status && {
      status: { ...data.status, code: numberOf(data.status.code, 'STATUS_CODE_', codes) },
    }),
  };
}

function numberOf(
  value: string | number | null | undefined,
  prefix: string,
  names: readonly string[],
): number {
  if (typeof value === 'number') return value;
  return Math.max(0, names.indexOf((value ?? '').replace(prefix, '')));
}
