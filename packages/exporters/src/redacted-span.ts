import type { Redactor } from '@clew/redaction';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { scopeOf } from './span-shape.ts';

/** The span without the secrets in its name, attributes, events, links and status; itself where it holds none. */
export function redactedSpan(span: ReadableSpan, redactor: Redactor): ReadableSpan {
  const name = redactor.text(span.name);
  const attributes = redactor.tree(span.attributes);
  // Most spans have none of these, and looking into them costs more than asking.
  const events = span.events.length === 0 ? unchanged(span.events) : redactor.tree(span.events);
  const links = span.links.length === 0 ? unchanged(span.links) : redactor.tree(span.links);
  const status = span.status.message === undefined ? unchanged(span.status) : redactor.tree(span.status);
  if (name.count + attributes.count + events.count + links.count + status.count === 0) {
    return span;
  }
  return {
    name: name.text,
    attributes: attributes.value,
    events: events.value,
    links: links.value,
    status: status.value,
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

function unchanged<TValue>(value: TValue): { readonly value: TValue; readonly count: 0 } {
  return { value, count: 0 };
}

/** Whichever of the two names the SDK has for it. */
function parentFieldsOf(span: ReadableSpan & { readonly parentSpanId?: string }): object {
  const { parentSpanContext, parentSpanId } = span;
  return {
    ...(parentSpanContext !== undefined && { parentSpanContext }),
    ...(parentSpanId !== undefined && { parentSpanId }),
  };
}
