import { getCurrentSpan, getCurrentTrace } from '@openai/agents-core';
import { isNoop, lineageOf } from './sdk-span.ts';

/**
 * The conversation that the SDK's tracing knows: the group of the current trace, else the trace. An agent that runs
 * as a tool has a history of its own, at each call of that tool. `undefined` where tracing is off.
 */
export function currentSession(): string | undefined {
  const trace = getCurrentTrace();
  return trace === null || isNoop(trace) ? undefined : `${trace.groupId ?? trace.traceId}${nestedSuffix()}`;
}

/** Tells the runs of agents that run as tools from the run around them. */
export function nestedSuffix(): string {
  const tool = lineageOf(getCurrentSpan()).find(({ spanData }) => spanData.type === 'function');
  if (tool?.spanData.type !== 'function' || isNoop(tool)) return '';
  return `.${tool.spanData.name}.${tool.spanId.slice(-8)}`;
}
