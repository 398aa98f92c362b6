import { millisToIso } from '../iso-time.ts';
import type { StreamMessage } from '../wire.ts';
import type { AriadneEvent } from './ariadne-events.ts';

/** What is stored, in Ariadne's own shape: so spans that came by OTLP are seen in Ariadne's UI too. */
export function toAriadne(message: StreamMessage): AriadneEvent {
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
  return {
    type: 'span',
    trace_id: message.traceId,
    span_id: message.id,
    ...(message.parentId !== undefined && { parent_id: message.parentId }),
    ...(message.kind !== undefined && { kind: message.kind }),
    name: message.name,
    ...times,
    data: {
      ...message.attrs,
      // Ariadne has no field for it; the key is the one OpenTelemetry names for such formats.
      ...(message.statusMessage !== undefined && { 'otel.status_description': message.statusMessage }),
    },
    ...(message.status !== undefined && { status: message.status }),
  };
}
