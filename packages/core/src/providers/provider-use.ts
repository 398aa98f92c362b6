import type { ProviderMode } from '../policy.ts';

/** What can carry a wish to the provider: the request of this API. */
export type ProviderTransport = 'openai_responses' | 'anthropic_messages';

/** How a call goes to its provider, as far as it matters for who compacts. */
export type ProviderRoute = {
  /** Absent: the request cannot carry such a wish, as Chat Completions cannot. */
  readonly transport?: ProviderTransport | undefined;
  /** The provider holds the history (`conversation`, `previous_response_id`): nothing local can compact it. */
  readonly isServerManaged?: boolean | undefined;
  /** Why the provider does not do it after all, where that was found out. */
  readonly refusal?: string | undefined;
};

/** What the provider is asked to do with the context of a call. At least one of the two. */
export type NativeAsk = {
  /** Compact once the prompt reaches this size, in tokens. */
  readonly compaction?: { readonly thresholdTokens: number };
  /** Clear old tool results once the prompt reaches this size, in tokens. */
  readonly clearing?: {
    readonly thresholdTokens: number;
    readonly keepToolPairs: number;
    readonly clearAtLeastTokens: number;
    readonly clearToolInputs: boolean;
    readonly excludeTools: readonly string[];
  };
};

/** What the provider reported of its own work. What it does not tell is absent. */
export type NativeReport = {
  readonly compacted?: boolean;
  readonly clearedToolUses?: number;
  readonly clearedInputTokens?: number;
};

/** Who compacts a call, as the policy wants it and as it is possible. */
export type ProviderUse = {
  /** As the policy says. */
  readonly mode: ProviderMode;
  readonly used: 'local' | 'native';
  /** Why not all that was wanted of the provider is asked of it. */
  readonly fallback?: string;
  readonly ask?: NativeAsk;
  readonly report?: NativeReport;
};
