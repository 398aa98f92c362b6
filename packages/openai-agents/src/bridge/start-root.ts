import { GenAi } from '@clew/semconv';
import { context, isSpanContextValid, SpanKind, trace } from '@opentelemetry/api';
import type { Attributes, Span } from '@opentelemetry/api';
import type { AgentsTracingBridgeOptions } from './bridge-options.ts';
import { otelTraceIdOf } from './trace-ids.ts';

/** What is known of an SDK trace. */
export type TraceFacts = {
  readonly traceId: string;
  readonly name: string;
  readonly groupId?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
};

/** Starts the span of an SDK trace: a root under the SDK's own trace id, or a child of what is active. */
export function startRoot(facts: TraceFacts, options: AgentsTracingBridgeOptions, startTime: number): Span {
  const { tracer, idGenerator, joinActiveTrace = idGenerator === undefined } = options;
  const active = trace.getSpanContext(context.active());
  const outer = active !== undefined && isSpanContextValid(active) ? active : undefined;
  const start = (): Span =>
    tracer.startSpan(
      `invoke_workflow ${facts.name}`,
      {
        kind: SpanKind.INTERNAL,
        root: !joinActiveTrace,
        startTime,
        attributes: rootAttributes(facts),
        links: outer !== undefined && !joinActiveTrace ? [{ context: outer }] : [],
      },
      context.active(),
    );
  return idGenerator === undefined || joinActiveTrace
    ? start()
    : idGenerator.withTraceId(otelTraceIdOf(facts.traceId), start);
}

function rootAttributes({ traceId, name, groupId, metadata = {} }: TraceFacts): Attributes {
  return {
    [GenAi.operationName]: 'invoke_workflow',
    'openai.agents.span_type': 'trace',
    'openai.agents.workflow_name': name,
    ...identityOf(traceId, groupId),
    ...Object.fromEntries(
      Object.entries(metadata).flatMap(([key, value]) => {
        const told = attributeOf(value);
        return told === undefined ? [] : [[`openai.agents.metadata.${key}`, told]];
      }),
    ),
  };
}

/** What every span of a trace carries, so that a backend finds it by the ids that the SDK and the user know. */
export function identityOf(traceId: string, groupId: string | null | undefined): Attributes {
  return {
    'openai.agents.trace_id': traceId,
    // A group is the SDK's word for a conversation. Without one there is no real conversation id, so none is made up.
    ...(groupId && { 'openai.agents.group_id': groupId, [GenAi.conversationId]: groupId }),
  };
}

/** Attributes hold scalars; what is deeper becomes JSON. */
function attributeOf(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === undefined ? undefined : JSON.stringify(value);
}
