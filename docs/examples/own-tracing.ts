import { CompactManager, agents } from '@clew/core';
import {
  AgentsContextManager,
  AgentsIdGenerator,
  bridgeAgentsTracing,
  compactRunConfig,
  installBridge,
} from '@clew/openai-agents';
import { createTracingObserver } from '@clew/tracing';
import { Runner } from '@openai/agents';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

// Your provider and your exporters. The id generator lets a trace keep the id that the SDK gave it.
export const exporter = new InMemorySpanExporter();
const idGenerator = new AgentsIdGenerator();
const provider = new NodeTracerProvider({ idGenerator, spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer('my-app');

// The agents' own traces. Around your context manager, so that spans of yours nest where they are made.
const bridge = installBridge(bridgeAgentsTracing({ tracer, idGenerator, capture: 'full' }));
provider.register({
  contextManager: new AgentsContextManager(new AsyncLocalStorageContextManager(), bridge),
});

// The compactions, in the turn that they belong to.
const { onRunSpan, conversationId } = bridge;
const manager = new CompactManager({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  dialect: agents,
  observer: createTracingObserver({ tracer, onRunSpan, conversationId, capture: 'full' }),
});
export const runner = new Runner(compactRunConfig({ manager, bridge }));
export { tracer };
