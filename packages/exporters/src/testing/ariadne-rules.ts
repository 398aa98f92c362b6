import { z } from 'zod';
import { SpanEvent, TraceEvent } from '../ariadne/ariadne-event.ts';

/** The receiver's own rule, besides the shapes: an event does not end before it starts. */
const isInOrder = ({
  started_at,
  ended_at,
}: {
  started_at?: string | undefined;
  ended_at?: string | undefined;
}) => started_at === undefined || ended_at === undefined || new Date(started_at) <= new Date(ended_at);
const message = 'ended_at must be >= started_at';

const ReceivedEvent = z.union([TraceEvent.refine(isInOrder, message), SpanEvent.refine(isInOrder, message)]);
export type ReceivedEvent = z.infer<typeof ReceivedEvent>;
export const Payload = z.union([ReceivedEvent, z.object({ batch: z.array(ReceivedEvent) })]);

const maxNameLength = 1024;
const maxTextLength = 102_400;

/** What Ariadne does to a body before it looks at it. It throws, as Ariadne does, on what is no object. */
export function truncateBody(body: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map(truncateEvent);
  }
  if (typeof body !== 'object' || body === null) {
    throw new TypeError('the body is no object');
  }
  if (!('batch' in body)) {
    return truncateEvent(body);
  }
  if (!Array.isArray(body.batch)) {
    throw new TypeError('the batch is no list');
  }
  return { batch: body.batch.map(truncateEvent) };
}

function truncateEvent(event: unknown): unknown {
  if (typeof event !== 'object' || event === null) {
    return {};
  }
  const name =
    'name' in event && typeof event.name === 'string' ? { name: truncate(event.name, maxNameLength) } : {};
  const isSpan = 'type' in event && event.type === 'span';
  const data = isSpan && 'data' in event ? { data: truncateTexts(event.data) } : {};
  return { ...event, ...name, ...data };
}

/** Texts in lists stay as long as they are. */
function truncateTexts(value: unknown): unknown {
  if (typeof value === 'string') {
    return truncate(value, maxTextLength);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, truncateTexts(member)]));
}

function truncate(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength)}... [truncated]`;
}
