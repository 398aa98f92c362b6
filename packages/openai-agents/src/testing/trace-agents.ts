import { setTraceProcessors, setTracingDisabled } from '@openai/agents-core';
import { context } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { AgentsContextManager } from '../bridge/agents-context-manager.ts';
import { AgentsIdGenerator } from '../bridge/agents-id-generator.ts';
import type { AgentsTracingBridge } from '../bridge/agents-tracing-bridge.ts';
import { bridgeAgentsTracing, installBridge } from '../bridge/bridge-agents-tracing.ts';
import type { AgentsTracingBridgeOptions } from '../bridge/bridge-options.ts';
import { SpanLog } from './span-log.ts';

export type TracedAgents = {
  readonly bridge: AgentsTracingBridge;
  readonly tracer: Tracer;
  readonly log: SpanLog;
};

export type TraceAgentsOptions = Partial<AgentsTracingBridgeOptions> & {
  /** Whether OTel's context knows the SDK's current span. Default true. */
  readonly decorated?: boolean;
};

/** The SDK's tracing on a real OTel SDK, as a preset would set it up. Undoes what an earlier call did. */
export function traceAgents({ decorated = true, ...options }: TraceAgentsOptions = {}): TracedAgents {
  setTracingDisabled(false);
  setTraceProcessors([]);
  const log = new SpanLog();
  const idGenerator = new AgentsIdGenerator();
  const tracer = new NodeTracerProvider({ idGenerator, spanProcessors: [log] }).getTracer('test');
  const bridge = installBridge(bridgeAgentsTracing({ tracer, idGenerator, ...options }));
  const base = new AsyncLocalStorageContextManager();
  context.disable();
  context.setGlobalContextManager((decorated ? new AgentsContextManager(base, bridge) : base).enable());
  return { bridge, tracer, log };
}
