import { isoToMillis } from '../iso-time.ts';
import type { Incoming } from '../store/incoming.ts';
import type { AriadneEvent } from './ariadne-events.ts';

/** An Ariadne event in the store's shape; `data` becomes the attributes as it is. */
export function fromAriadne(event: AriadneEvent): Incoming {
  const times = {
    ...(event.started_at !== undefined && { start: isoToMillis(event.started_at) }),
    ...(event.ended_at !== undefined && { end: isoToMillis(event.ended_at) }),
  };
  if (event.type === 'trace') {
    return {
      type: 'trace',
      traceId: event.trace_id,
      ...(event.name !== undefined && { name: event.name }),
      ...(event.group_id !== undefined && { groupId: event.group_id }),
      ...times,
      ...(event.metadata !== undefined && { metadata: event.metadata }),
    };
  }
  return {
    type: 'span',
    traceId: event.trace_id,
    id: event.span_id,
    ...(event.parent_id !== undefined && { parentId: event.parent_id }),
    ...(event.name !== undefined && { name: event.name }),
    ...(event.kind !== undefined && { kind: event.kind }),
    ...times,
    ...(event.status !== undefined && { status: event.status }),
    attrs: event.data ?? {},
    source: 'ariadne',
  };
}
