import { addTraceProcessor, setTraceProcessors } from '@openai/agents-core';
import { AgentsTracingBridge } from './agents-tracing-bridge.ts';
import type { AgentsTracingBridgeOptions } from './bridge-options.ts';

/** A bridge from the SDK's traces to OTel spans, not yet installed. */
export function bridgeAgentsTracing(options: AgentsTracingBridgeOptions): AgentsTracingBridge {
  return new AgentsTracingBridge(options);
}

/**
 * Installs the bridge: `add` beside the user's trace processors, which stay; `only` in their place, so that nothing
 * goes to OpenAI any more.
 */
export function installBridge(
  bridge: AgentsTracingBridge,
  mode: 'add' | 'only' = 'add',
): AgentsTracingBridge {
  if (mode === 'only') setTraceProcessors([bridge]);
  else addTraceProcessor(bridge);
  return bridge;
}
