import type { Redactor } from '@clew/redaction';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { scopeOf } from './span-shape.ts';

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
    ...parentFieldsOf(span),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: scopeOf(span),
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

/** Whichever of the two names the SDK has for it. */
function parentFieldsOf(span: ReadableSpan & { readonly parentSpanId?: string }): object {
  const { parentSpanContext, parentSpanId } = span;
  return {
    ...(parentSpanContext !== undefined && { parentSpanContext }),
    ...(parentSpanId !== undefined && { parentSpanId }),
  };
}
