import type { CompactManagerOptions } from '@clew/core';
import { capabilitiesOfConfig } from './capabilities-of-config.ts';
import type { ConfigFile } from './config.ts';
import { policyOf } from './policy-of.ts';
import { pricesOf } from './prices-of.ts';

/** What a configuration says of the engine itself, whatever stands around it. */
export function engineOptionsOf(config: ConfigFile) {
  const { summary } = config;
  return {
    model: config.model,
    maxContextTokens: config.max_context_tokens,
    policy: policyOf(config),
    prices: pricesOf(config),
    capabilities: capabilitiesOfConfig(config.capabilities),
    summaryTimeoutMillis: summary.timeout_millis,
    summaryTotalMillis: summary.total_millis,
  } satisfies Partial<CompactManagerOptions<never>>;
}
