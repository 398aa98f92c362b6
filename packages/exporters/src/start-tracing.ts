import { context, trace } from '@opentelemetry/api';
import type { ContextManager, Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { IdGenerator } from '@opentelemetry/sdk-trace-node';
import { ClewSpanProcessor } from './clew-span-processor.ts';
import type { ClewSpanProcessorOptions } from './clew-span-processor.ts';

export type StartTracingOptions = ClewSpanProcessorOptions & {
  readonly serviceName: string;
  /**
   * Registers a context manager for the whole process, without which spans nest only where the context is handed
   * on by hand: `true` for one on AsyncLocalStorage, or one of your own. Default: none is registered.
   */
  readonly contextManager?: ContextManager | boolean;
  /** Makes the provider that of `trace.getTracer()` for the whole process. Default `false`. */
  readonly global?: boolean;
  readonly idGenerator?: IdGenerator;
};

export type Tracing = {
  readonly provider: NodeTracerProvider;
  readonly processor: ClewSpanProcessor;
  readonly tracer: (name: string, version?: string) => Tracer;
  /** Resolves when what has ended so far is settled, or at the processor's deadline. */
  readonly flush: () => Promise<void>;
  readonly shutdown: () => Promise<void>;
};

/** A tracer provider for those who have none, sending to the given sinks. Nothing global is touched unless asked for. */
export function startTracing(options: StartTracingOptions): Tracing {
  const { serviceName, contextManager = false, global = false, idGenerator, ...processing } = options;
  const processor = new ClewSpanProcessor(processing);
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName })),
    spanProcessors: [processor],
    ...(idGenerator !== undefined && { idGenerator }),
  });
  if (contextManager !== false) {
    const manager = contextManager === true ? new AsyncLocalStorageContextManager() : contextManager;
    context.setGlobalContextManager(manager.enable());
  }
  if (global) {
    trace.setGlobalTracerProvider(provider);
  }
  return {
    provider,
    processor,
    tracer: (name, version) => provider.getTracer(name, version),
    flush: () => processor.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}
