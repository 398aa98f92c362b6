import type { ModelProvider } from '@openai/agents-core';
import { compactingProvider } from './compacting-provider.ts';
import type { CompactingProviderOptions } from './compacting-provider.ts';

/** The part of a run's configuration that compacts: `new Runner({ ...compactRunConfig({ manager }) })`. */
export function compactRunConfig(options: CompactingProviderOptions): {
  readonly modelProvider: ModelProvider;
} {
  return { modelProvider: compactingProvider(options) };
}
