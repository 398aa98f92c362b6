import { millisToIso } from '../iso-time.ts';
import type { FeedItem } from '../store/feed.ts';
import type { AriadneEvent } from './ariadne-events.ts';

/** What is stored, in Ariadne's own shape: so spans that came by OTLP are seen in Ariadne's UI too. */
export function toAriadne({ message, isNamed }: Pick<FeedItem, 'message' | 'isNamed'>): AriadneEvent {
  const times = {
    ...(message.start !== undefined && { started_at: millisToIso(message.start) }),
    ...(message.end !== undefined && { ended_at: millisToIso(message.end) }),
  };
  if (message.type === 'trace') {
    return {
      type: 'trace',
      trace_id: message.traceId,
      ...(message.name !== undefined && { name: message.name }),
      ...(message.groupId !== undefined && { group_id: message.groupId }),
      ...times,
      ...(message.metadata !== undefined && { metadata: { ...message.metadata } }),
    };
  }
  const data = {
    ...message.attrs,
    // Ariadne has no field for it; the key is the one OpenTelemetry names for such formats.
    ...(message.statusMessage !== undefined && { 'otel.status_description': message.statusMessage }),
  };
  return {
    type: 'span',
    trace_id: message.traceId,
    span_id: message.id,
    ...(message.parentId !== undefined && { parent_id: message.parentId }),
    ...(message.kind !== undefined && { kind: message.kind }),
    ...(isNamed && { name: message.name }),
    ...times,
    ...(Object.keys(data).length > 0 && { data }),
    ...(message.status !== undefined && { status: message.status }),
  };
}
