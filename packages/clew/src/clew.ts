import { CompactManager, agents } from '@clew/core';
import type { AgentItem, MetricsLedger } from '@clew/core';
import {
  AgentsContextManager,
  AgentsIdGenerator,
  ContextMemory,
  ProtectedMemory,
  bridgeAgentsTracing,
  compactCommand,
  compactRunConfig,
  defaultModelProvider,
  installBridge,
  mirrorCompaction,
} from '@clew/openai-agents';
import type {
  AgentsTracingBridge,
  CompactCommandRequest,
  CompactCommandResult,
  RememberedContext,
} from '@clew/openai-agents';
import {
  combineObservers,
  createMetricsObserver,
  createTracingObserver,
  traceSummarizer,
} from '@clew/tracing';
import type { ModelProvider } from '@openai/agents';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { assertOptionNames, configInputOf } from './clew-options.ts';
import type { ClewOptions } from './clew-options.ts';
import { engineOptionsOf } from './engine-options-of.ts';
import { loadSetup } from './load-config.ts';
import { protectionOf } from './protection-of.ts';
import { recordsOf } from './records-of.ts';
import { startPipeline } from './start-pipeline.ts';
import type { DeliveryStats } from './start-pipeline.ts';
import { storageOf } from './storage-of.ts';
import { summarizersOf } from './summarizers-of.ts';

export type Clew = {
  /** For `run(agent, input, …)`'s runner: `new Runner(runConfig)`. */
  readonly runConfig: { readonly modelProvider: ModelProvider };
  readonly manager: CompactManager<AgentItem>;
  /** Turns the SDK's traces into spans: `compactInputFilter({ manager, bridge })` puts its work in them. */
  readonly bridge: AgentsTracingBridge;
  /** What may never leave: `memory.protect(item, 'why')`. */
  readonly memory: ProtectedMemory;
  /** What the model sees of a session, in layers; `undefined` before its first call. */
  readonly whatIRemember: (sessionId: string) => RememberedContext | undefined;
  /** Runs `/compact [note]` and `/compact status`; `undefined` where the text is neither. */
  readonly command: (request: CompactCommandRequest) => Promise<CompactCommandResult | undefined>;
  /** What compaction came to, by session and day: `metrics.report(signal)`. Absent where it is kept nowhere. */
  readonly metrics: MetricsLedger | undefined;
  readonly stats: () => DeliveryStats;
  /** Waits until what has ended so far is delivered, or at most some seconds. */
  readonly flush: () => Promise<void>;
  /** Flushes and stops. Telemetry after it is dropped; what could not be sent stays in the spool. */
  readonly shutdown: () => Promise<void>;
};

/**
 * Enables compaction and its telemetry: reads the configuration, and gives what a runner needs.
 *
 * @throws CompactError `invalid_options` or `invalid_policy`, naming the field
 */
export async function clew(given: ClewOptions = {}): Promise<Clew> {
  assertOptionNames(given, 'the code');
  const { directory = process.cwd(), environment = process.env, file } = given;
  const setup = await loadSetup({ file, directory, environment, overrides: configInputOf(given) });
  const { config } = setup;
  const options = { ...setup.options, ...given };
  const redaction = { ...setup.options.redaction, ...given.redaction };
  const idGenerator = new AgentsIdGenerator();
  const pipeline = await startPipeline({ ...options, redaction, environment }, config, { idGenerator });
  const { tracing, content } = pipeline;
  const bridge = bridgeAgentsTracing({
    tracer: tracing.tracer('@clew/openai-agents'),
    idGenerator,
    ...content,
  });
  installBridge(bridge, options.sdkTracing);
  context.setGlobalContextManager(
    new AgentsContextManager(new AsyncLocalStorageContextManager(), bridge).enable(),
  );

  const provider = options.modelProvider ?? defaultModelProvider();
  const tracer = tracing.tracer('@clew/core');
  const memory = new ProtectedMemory(options.protect);
  const contexts = new ContextMemory(memory);
  const metering = options.meter === undefined ? {} : { meter: options.meter };
  const summarizers = summarizersOf(options, config, provider).map((each) =>
    traceSummarizer(each, { tracer, ...metering, ...content }),
  );
  const storage = await storageOf(options, config, pipeline.redactor, pipeline.log);
  const { runLog, metrics } = recordsOf(options, config, pipeline.redactor, pipeline.log);
  const manager = new CompactManager<AgentItem>({
    ...engineOptionsOf(config),
    dialect: agents,
    counter: options.counter,
    summarizer: summarizers[0],
    fallbackSummarizers: summarizers.slice(1),
    ...storage,
    runLog,
    hooks: options.hooks,
    isProtected: protectionOf(memory, options.isProtected),
    triggers: options.triggers,
    keep: options.keep,
    observer: combineObservers(
      createTracingObserver({
        tracer,
        ...content,
        onRunSpan: bridge.onRunSpan,
        conversationId: bridge.conversationId,
      }),
      contexts,
      ...(metrics === undefined ? [] : [metrics]),
      ...(options.meter === undefined ? [] : [createMetricsObserver({ meter: options.meter })]),
      ...(options.mirrorCompaction === true ? [mirrorCompaction(content)] : []),
      ...(options.observer === undefined ? [] : [options.observer]),
    ),
  });

  const writeDown = async () => inTime(Promise.all([manager.flush(), metrics?.flush()]));

  return {
    metrics,
    runConfig: compactRunConfig({
      manager,
      provider,
      bridge,
      sessionId: options.sessionId,
      emitGenerationSpan: options.emitGenerationSpan,
      streamEvents: options.streamEvents,
      onError: options.onError,
    }),
    manager,
    bridge,
    memory,
    whatIRemember: (sessionId) => contexts.whatIRemember(sessionId),
    command: async (request) => compactCommand({ manager, contexts }, request),
    stats: pipeline.stats,
    flush: async () => {
      await writeDown();
      await bridge.forceFlush();
      await tracing.flush();
    },
    shutdown: async () => {
      manager.close();
      await writeDown();
      await bridge.shutdown();
      await pipeline.shutdown();
    },
  };
}

/** A disk that hangs must not keep a process from its end. */
async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 5000);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
