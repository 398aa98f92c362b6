import type { Redactor } from '@clew/redaction';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** The span without the secrets in its name, attributes, events, links and status; itself where it holds none. */
export function redactedSpan(span: ReadableSpan, redactor: Redactor): ReadableSpan {
  const { name, attributes, events, links, status } = span;
  const { value, count } = redactor.tree({ name, attributes, events, links, status });
  if (count === 0) {
    return span;
  }
  return {
    ...value,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext !== undefined && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}
