import { GenAi } from '@clew/semconv';
import type { SpanData, TaskSpanData, TurnSpanData } from '@openai/agents-core';
import { SpanKind } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { describeInference } from './describe-inference.ts';
import type { SpanDescription, SpanFacts } from './span-description.ts';

/**
 * Describes an SDK span by its data as they are now. The SDK fills them while the span is open, so the answer at
 * its end says more than the one at its start. Content is no part of it.
 */
export function describeSpan(data: SpanData, facts: SpanFacts): SpanDescription {
  const description = describe(data, facts);
  return { ...description, attributes: { ...description.attributes, 'openai.agents.span_type': data.type } };
}

function describe(data: SpanData, facts: SpanFacts): SpanDescription {
  switch (data.type) {
    case 'task':
      return internal(`task ${data.name}`, usageOfRunner(data.usage));
    case 'agent':
      return internal(`invoke_agent ${data.name}`, {
        [GenAi.operationName]: 'invoke_agent',
        [GenAi.providerName]: facts.provider,
        [GenAi.agentName]: data.name,
        ...(data.tools && { 'openai.agents.tools': data.tools }),
        ...(data.handoffs && { 'openai.agents.handoffs': data.handoffs }),
      });
    case 'turn':
      return internal('turn', {
        [GenAi.agentName]: data.agent_name,
        'openai.agents.turn': data.turn,
        ...usageOfRunner(data.usage),
      });
    case 'generation':
    case 'response':
      return describeInference(data, facts);
    case 'function':
      return internal(`execute_tool ${data.name}`, {
        [GenAi.operationName]: 'execute_tool',
        [GenAi.toolName]: data.name,
        [GenAi.toolType]: 'function',
      });
    case 'handoff':
      return internal(`handoff ${data.to_agent ?? ''}`.trimEnd(), {
        [GenAi.operationName]: 'handoff',
        ...(data.from_agent !== undefined && { 'openai.agents.handoff.from': data.from_agent }),
        ...(data.to_agent !== undefined && { 'openai.agents.handoff.to': data.to_agent }),
      });
    case 'guardrail':
      return internal(`guardrail ${data.name}`, {
        'openai.agents.guardrail.name': data.name,
        'openai.agents.guardrail.triggered': data.triggered,
      });
    case 'mcp_tools':
      return {
        name: `tools/list ${data.server ?? ''}`.trimEnd(),
        kind: SpanKind.CLIENT,
        attributes: {
          'mcp.method.name': 'tools/list',
          ...(data.server !== undefined && { 'openai.agents.mcp.server': data.server }),
          ...(data.result && { 'openai.agents.mcp.tools': data.result }),
        },
      };
    case 'custom':
      return internal(data.name, {});
    case 'transcription':
    case 'speech':
    case 'speech_group':
      return internal(data.type, {});
    default:
      return internal(unknownType(data), {});
  }
}

function internal(name: string, attributes: Attributes): SpanDescription {
  return { name, kind: SpanKind.INTERNAL, attributes };
}

/** What the calls below used, added up. Not under `gen_ai.usage.*`: whoever sums that up would count it twice. */
function usageOfRunner(usage: (TurnSpanData | TaskSpanData)['usage']): Attributes {
  return Object.fromEntries(
    Object.entries(usage ?? {}).map(([name, count]) => [`openai.agents.usage.${name}`, count]),
  );
}

/** A newer SDK may have types that this one does not know. */
function unknownType(data: { readonly type: string }): string {
  return data.type;
}
