import { CompactManager } from '@clew/core';
import type { Dialect } from '@clew/core';
import { defaultModelProvider } from '@clew/openai-agents';
import { createTracingObserver, traceSummarizer } from '@clew/tracing';
import type { ClewOptions } from './clew-options.ts';
import type { ConfigFile } from './config.ts';
import { engineOptionsOf } from './engine-options-of.ts';
import { startPipeline } from './start-pipeline.ts';
import type { DeliveryStats } from './start-pipeline.ts';
import { storageOf } from './storage-of.ts';
import { summarizersOf } from './summarizers-of.ts';

export type OpenManagerOptions = Pick<
  ClewOptions,
  'environment' | 'log' | 'sinks' | 'archive' | 'store' | 'modelProvider' | 'redaction'
> & {
  /** Whether models write the summaries. Default: where `summary.model` names one; else the digest. */
  readonly hasSummarizer?: boolean | undefined;
};

export type OpenedManager<TItem> = {
  readonly manager: CompactManager<TItem>;
  readonly stats: () => DeliveryStats;
  readonly shutdown: () => Promise<void>;
};

/** The engine of a configuration for items of any dialect, without the Agents SDK around it: for gateways and tools. */
export async function openManager<TItem>(
  dialect: Dialect<TItem>,
  config: ConfigFile,
  options: OpenManagerOptions = {},
): Promise<OpenedManager<TItem>> {
  const { hasSummarizer = config.summary.model !== undefined, modelProvider } = options;
  const pipeline = await startPipeline(options, config, { contextManager: true });
  const { tracing, content } = pipeline;
  const tracer = tracing.tracer('@clew/core');
  const summarizers = hasSummarizer ? summarizersOf({}, config, modelProvider ?? defaultModelProvider()) : [];
  const traced = summarizers.map((each) => traceSummarizer(each, { tracer, ...content }));
  const manager = new CompactManager<TItem>({
    ...engineOptionsOf(config),
    dialect,
    summarizer: traced[0],
    fallbackSummarizers: traced.slice(1),
    ...(await storageOf(options, config, pipeline.redactor, pipeline.log)),
    observer: createTracingObserver({ tracer, ...content }),
  });
  return {
    manager,
    stats: pipeline.stats,
    shutdown: async () => {
      manager.close();
      await pipeline.shutdown();
    },
  };
}
