import { decode, isRecordName, toAttributes } from '@clew/semconv';
import { z } from 'zod';
import { nanosOf } from '../nanos.ts';
import type { SourceSpan } from '../trace-source.ts';

type Texts = Readonly<Record<string, string>>;

/** A span that has ended as a row of the Collector's table, to be written as a line of JSON. */
export function toClickhouseRow(span: SourceSpan): Readonly<Record<string, unknown>> {
  const {
    'otel.events': events,
    'otel.scope.name': scope,
    'otel.scope.version': version,
    ...attrs
  } = otelAttributes(span);
  const told = Events.safeParse(events).data ?? [];
  const links = span.links ?? [];
  const start = nanosOf(span.start ?? span.end ?? 0);
  return {
    Timestamp: seconds(start),
    TraceId: span.traceId,
    SpanId: span.id,
    ParentSpanId: span.parentId ?? '',
    SpanName: span.name,
    SpanKind: capital(span.kind ?? 'unspecified'),
    ServiceName: span.service ?? '',
    ResourceAttributes: span.service === undefined ? {} : { 'service.name': span.service },
    ScopeName: asText(scope ?? ''),
    ScopeVersion: asText(version ?? ''),
    SpanAttributes: texts(attrs),
    Duration: String(span.end === undefined ? 0n : larger(nanosOf(span.end) - start, 0n)),
    StatusCode: capital(span.status ?? 'unset'),
    StatusMessage: span.statusMessage ?? '',
    'Events.Timestamp': told.map((event) => seconds(nanosOf(event.time))),
    'Events.Name': told.map((event) => event.name),
    'Events.Attributes': told.map((event) => texts(event.attrs)),
    'Links.TraceId': links.map((link) => link.traceId),
    'Links.SpanId': links.map((link) => link.spanId),
    'Links.TraceState': links.map(() => ''),
    'Links.Attributes': links.map(() => ({})),
  };
}

const Events = z.array(
  z.object({
    name: z.string(),
    time: z.number().default(0),
    attrs: z.record(z.string(), z.unknown()).default({}),
  }),
);

/** What came by Ariadne's protocol carries its record as it is; here it goes under the same keys as by OTLP. */
function otelAttributes({ name, attrs, source }: SourceSpan): Readonly<Record<string, unknown>> {
  if (source === 'otlp' || !isRecordName(name)) return attrs;
  const decoded = decode(name, attrs);
  return decoded.ok ? toAttributes(name, decoded.record) : attrs;
}

/** As the Collector writes values into a map of texts. */
function texts(values: Readonly<Record<string, unknown>>): Texts {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, asText(value)]));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Epoch seconds with nine places: free of the server's time zone. */
function seconds(nanos: bigint): string {
  return `${nanos / 1_000_000_000n}.${String(nanos % 1_000_000_000n).padStart(9, '0')}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
