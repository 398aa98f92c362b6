import { CompactManager } from '@clew/core';
import type { Dialect, Summarizer, Usage } from '@clew/core';
import { defaultModelProvider } from '@clew/openai-agents';
import { createTracingObserver, traceSummarizer } from '@clew/tracing';
import type { ClewOptions } from './clew-options.ts';
import { capabilitiesOfConfig } from './capabilities-of-config.ts';
import type { ConfigFile } from './config.ts';
import { policyOf } from './policy-of.ts';
import { pricesOf } from './prices-of.ts';
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
  /** Told what a call of a summariser used, in the asynchronous context of the run that made it. */
  readonly onSummaryUsage?: ((usage: Usage) => void) | undefined;
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
  const { summary } = config;
  const { hasSummarizer = summary.model !== undefined, modelProvider } = options;
  const pipeline = await startPipeline(options, config, { contextManager: true });
  const { tracing, content } = pipeline;
  const tracer = tracing.tracer('@clew/core');
  const summarizers = hasSummarizer ? summarizersOf({}, config, modelProvider ?? defaultModelProvider()) : [];
  const traced = summarizers.map((each) =>
    traceSummarizer(tellUsage(each, options.onSummaryUsage), { tracer, ...content }),
  );
  const manager = new CompactManager<TItem>({
    model: config.model,
    maxContextTokens: config.max_context_tokens,
    dialect,
    policy: policyOf(config),
    prices: pricesOf(config),
    capabilities: capabilitiesOfConfig(config.capabilities),
    summarizer: traced[0],
    fallbackSummarizers: traced.slice(1),
    summaryTimeoutMillis: summary.timeout_millis,
    summaryTotalMillis: summary.total_millis,
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

function tellUsage(summarizer: Summarizer, onUsage: ((usage: Usage) => void) | undefined): Summarizer {
  if (onUsage === undefined) return summarizer;
  return {
    name: summarizer.name,
    model: summarizer.model,
    maxInputTokens: summarizer.maxInputTokens,
    summarize: async (request, signal) => {
      const draft = await summarizer.summarize(request, signal);
      if (draft.usage !== undefined) onUsage(draft.usage);
      return draft;
    },
  };
}
