import { parentOf } from '../span-shape.ts';
import { GenAi } from '@clew/semconv';
import type { AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { TraceEvent } from './ariadne-event.ts';
import { eventTimes, timestampOf } from './timestamp.ts';

const metadataPrefix = 'openai.agents.metadata.';

/** Whether a span begins a trace in this process: it has no parent, or one in another process. */
export function isLocalRoot(span: Pick<ReadableSpan, 'parentSpanContext'>): boolean {
  const parent = parentOf(span);
  return parent === undefined || parent.isRemote === true;
}

/**
 * The trace that a root span begins. `agent`: the first agent that ran in it, by which Ariadne groups traces.
 * While the root is open the event has no end.
 */
export function traceToEvent(root: ReadableSpan, agent?: string): TraceEvent {
  const groupId = firstText(root, [GenAi.conversationId, 'openai.agents.group_id', 'compact.session_id']);
  const name = firstText(root, ['openai.agents.workflow_name']) ?? root.name.trim();
  return {
    type: 'trace',
    trace_id: root.spanContext().traceId,
    ...(name && { name: name.slice(0, 1000) }),
    ...(groupId !== undefined && { group_id: groupId }),
    ...(root.ended ? eventTimes(root.startTime, root.endTime) : { started_at: timestampOf(root.startTime) }),
    metadata: metadataOf(root, agent ?? firstText(root, [GenAi.agentName])),
  };
}

function metadataOf(root: ReadableSpan, agent: string | undefined): Readonly<Record<string, string>> {
  const service = root.resource.attributes['service.name'];
  const own = Object.entries(root.attributes)
    .filter(([key]) => key.startsWith(metadataPrefix))
    .map(([key, value]): [string, string] => [key.slice(metadataPrefix.length), asText(value)]);
  return {
    ...(typeof service === 'string' && { service_name: service }),
    ...(agent !== undefined && { agent_name: agent, agent }),
    ...Object.fromEntries(own),
  };
}

function asText(value: AttributeValue | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function firstText(span: ReadableSpan, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = span.attributes[key];
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  return undefined;
}
