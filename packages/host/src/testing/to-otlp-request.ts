import { z } from 'zod';
import { nanosOf } from '../source/nanos.ts';
import type { SourceSpan } from '../source/trace-source.ts';

const kinds = [undefined, 'internal', 'server', 'client', 'producer', 'consumer'];
const codes = [undefined, 'ok', 'error'];
const Events = z.array(
  z.object({ name: z.string(), time: z.number(), attrs: z.record(z.string(), z.unknown()) }),
);

/** Spans as an exporter sends them by OTLP in JSON; all of them come from one service. */
export function toOtlpRequest(spans: readonly SourceSpan[]): unknown {
  return {
    resourceSpans: [
      {
        resource: { attributes: toKeyValues({ 'service.name': spans[0]?.service ?? 'unknown' }) },
        scopeSpans: [{ scope: { name: 'contract', version: '1' }, spans: spans.map(toOtlpSpan) }],
      },
    ],
  };
}

function toOtlpSpan(span: SourceSpan): unknown {
  const { 'otel.events': events, ...attrs } = span.attrs;
  return {
    traceId: span.traceId,
    spanId: span.id,
    ...(span.parentId !== undefined && { parentSpanId: span.parentId }),
    name: span.name,
    kind: kinds.indexOf(span.kind),
    startTimeUnixNano: String(nanosOf(span.start ?? 0)),
    endTimeUnixNano: String(nanosOf(span.end ?? 0)),
    attributes: toKeyValues(attrs),
    events: (Events.safeParse(events).data ?? []).map((event) => ({
      name: event.name,
      timeUnixNano: String(nanosOf(event.time)),
      attributes: toKeyValues(event.attrs),
    })),
    links: (span.links ?? []).map(({ traceId, spanId }) => ({ traceId, spanId })),
    status: { code: Math.max(0, codes.indexOf(span.status)), message: span.statusMessage ?? '' },
  };
}

function toKeyValues(values: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: toAnyValue(value) }));
}

function toAnyValue(value: unknown): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toAnyValue) } };
  return { stringValue: JSON.stringify(value) };
}
