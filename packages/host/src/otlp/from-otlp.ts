import { cutAttributes, cutText } from '../cut-texts.ts';
import type { IncomingSpan } from '../store/incoming.ts';
import { toAttributes } from './attribute-value.ts';
import { toHexId } from './otlp-id.ts';
import { OtlpSpan, type OtlpRequest, type OtlpScope } from './otlp-request.ts';

export type OtlpReading = {
  readonly spans: readonly IncomingSpan[];
  /** Why each span that is not among them was rejected. */
  readonly rejected: readonly string[];
};

type Origin = { readonly service: string | undefined; readonly scope: OtlpScope | null | undefined };

/** The spans of a request in the store's shape, texts of more than `maxText` UTF-16 units cut. A bad span is rejected by itself, as the protocol allows. */
export function fromOtlp(request: OtlpRequest, maxText: number): OtlpReading {
  const spans: IncomingSpan[] = [];
  const rejected: string[] = [];
  for (const { resource, scopeSpans } of request.resourceSpans ?? []) {
    const service = toAttributes(resource?.attributes)['service.name'];
    for (const { scope, spans: members } of scopeSpans ?? []) {
      const origin = { scope, service: typeof service === 'string' ? service : undefined };
      for (const member of members ?? []) {
        const span = readSpan(member, origin, maxText);
        if (typeof span === 'string') rejected.push(span);
        else spans.push(span);
      }
    }
  }
  return { spans, rejected };
}

const kinds: readonly (string | undefined)[] = [
  undefined,
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];
const statuses = [undefined, 'ok', 'error'] as const;

/** The span, or why there is none. */
function readSpan(member: unknown, { service, scope }: Origin, maxText: number): IncomingSpan | string {
  const parsed = OtlpSpan.safeParse(member);
  if (!parsed.success)
    return `a span is malformed at ${parsed.error.issues[0]?.path.join('.') ?? 'its root'}`;
  const span = parsed.data;
  const traceId = toHexId(span.traceId, 16);
  const id = toHexId(span.spanId, 8);
  if (traceId === undefined) return 'a trace id is not 16 bytes in hex, or is all zeros';
  if (id === undefined) return 'a span id is not 8 bytes in hex, or is all zeros';

  const parentId = toHexId(span.parentSpanId ?? '', 8);
  const kind = kinds[span.kind ?? 0];
  const start = nanosToMillis(span.startTimeUnixNano);
  const end = nanosToMillis(span.endTimeUnixNano);
  const status = statuses[span.status?.code ?? 0];
  const links = (span.links ?? []).flatMap(readLink);
  return {
    type: 'span',
    traceId,
    id,
    ...(parentId !== undefined && { parentId }),
    ...(span.name && { name: cutText(span.name, maxText) }),
    ...(kind !== undefined && { kind }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(status !== undefined && { status }),
    ...(span.status?.message && { statusMessage: cutText(span.status.message, maxText) }),
    ...(service !== undefined && { service }),
    attrs: cutAttributes(
      { ...toAttributes(span.attributes), ...scopeAttributes(scope), ...eventAttributes(span) },
      maxText,
    ),
    ...(links.length > 0 && { links }),
    source: 'otlp',
  };
}

function readLink(link: { traceId: string; spanId: string }) {
  const traceId = toHexId(link.traceId, 16);
  const spanId = toHexId(link.spanId, 8);
  return traceId === undefined || spanId === undefined ? [] : [{ traceId, spanId }];
}

/** The scope's name and version under the keys that OpenTelemetry names for formats without scopes. */
function scopeAttributes(scope: OtlpScope | null | undefined): Record<string, unknown> {
  return {
    ...(scope?.name && { 'otel.scope.name': scope.name }),
    ...(scope?.version && { 'otel.scope.version': scope.version }),
  };
}

/** Span events have no field of their own in the store; dropping them would lose recorded exceptions. */
function eventAttributes({ events }: OtlpSpan): Record<string, unknown> {
  if (!events || events.length === 0) return {};
  const list = events.map(({ name, timeUnixNano, attributes }) => ({
    name: name ?? '',
    time: nanosToMillis(timeUnixNano),
    attrs: toAttributes(attributes),
  }));
  return { 'otel.events': list };
}

/** Epoch milliseconds, exact to about a quarter of a microsecond; 0 is "not set". */
function nanosToMillis(nanos: string | number | null | undefined): number | undefined {
  const exact = BigInt(nanos ?? 0);
  return exact === 0n ? undefined : Number(exact / 1_000_000n) + Number(exact % 1_000_000n) / 1e6;
}
