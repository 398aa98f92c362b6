import type {
  AgentItem,
  CompactionCompleted,
  NativeAsk,
  OverflowRecovery,
  ProviderTransport,
} from '@clew/core';
import type { SpanContext } from '@opentelemetry/api';
import type { ModelRequest } from '@openai/agents-core';

/** What goes to the provider with a request, and the session in which its work is taken down. */
export type NativeWish = {
  readonly ask: NativeAsk;
  readonly transport: ProviderTransport;
  readonly sessionId: string;
};

/** The model of a request, and by which API it is called. */
export type Callee = {
  readonly name: string | undefined;
  readonly transport: ProviderTransport | undefined;
};

/** What preflight made of a request. */
export type PreparedRequest = {
  readonly input: ModelRequest['input'];
  /** Absent where the engine was not asked or failed: nothing is reported back then. */
  readonly sessionId?: string | undefined;
  /** The `compact.run` that compacted this very prompt, or re-applied an earlier compaction to it. */
  readonly compaction?: SpanContext | undefined;
  /** What was compacted for it, in order. */
  readonly compactions?: readonly CompactionCompleted[] | undefined;
  /** What the provider is asked to do by itself. */
  readonly native?: NativeWish | undefined;
  /** What to do where the provider refuses the prompt as too long: one for all attempts at this request. */
  readonly recovery?: OverflowRecovery<AgentItem> | undefined;
};
