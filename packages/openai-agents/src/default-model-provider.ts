import { Runner } from '@openai/agents-core';
import type { ModelProvider } from '@openai/agents-core';

/** The SDK's default provider, looked up when the first model is asked for. */
export function defaultModelProvider(): ModelProvider {
  // A runner without a provider holds one that looks the SDK's default up when it is needed.
  return new Runner().config.modelProvider;
}
