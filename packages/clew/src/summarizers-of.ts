import type { Summarizer } from '@clew/core';
import { modelSummarizer } from '@clew/openai-agents';
import type { ModelProvider } from '@openai/agents';
import type { ClewOptions } from './clew-options.ts';
import type { ConfigFile } from './config.ts';

type Options = Pick<ClewOptions, 'summarizer' | 'fallbackSummarizers' | 'summarizerSettings'>;

/** Who writes the summaries, in the order in which they are asked; nobody where the digest is to do it. */
export function summarizersOf(
  { summarizer, fallbackSummarizers, summarizerSettings }: Options,
  { model, summary }: Pick<ConfigFile, 'model' | 'summary'>,
  provider: ModelProvider,
): readonly Summarizer[] {
  if (summarizer === null) return [];
  const named = (name: string, maxInputTokens?: number) =>
    modelSummarizer({ model: () => provider.getModel(name), name, maxInputTokens, ...summarizerSettings });
  const first = summarizer ?? named(summary.model ?? model, summary.max_input_tokens);
  return [first, ...(fallbackSummarizers ?? summary.fallback_models.map((name) => named(name)))];
}
