import type { AgentItem, Compactor, ProviderTransport, RecoveryStep } from '@clew/core';
import type { ModelRequest } from '@openai/agents-core';
import type { AgentsTracingBridge } from '../bridge/agents-tracing-bridge.ts';

/** How compaction sits between the runner and the model. */
export type SeamOptions = {
  readonly manager: Compactor<AgentItem>;
  /**
   * The session of a request. Where it is not told: the group id of the SDK's current trace, else the trace's id. An
   * agent that runs as a tool has a session of its own, whose id goes on behind that one. With tracing off and
   * nothing told, histories that begin alike are one session.
   */
  readonly sessionId?: string | ((request: ModelRequest) => string | undefined) | undefined;
  /** The agent of a request. Where it is not told: that of the SDK's current turn. */
  readonly agent?: string | ((request: ModelRequest) => string | undefined) | undefined;
  /** The `gen_ai.provider.name` of the models, told to the engine. */
  readonly providerName?: string | undefined;
  /**
   * By which API the models are called, where the policy would have the provider compact: `none` is one that cannot
   * carry the wish. Default: OpenAI's Responses API by the class of the model; Anthropic's by the model's name behind the
   * AI SDK's bridge.
   */
  readonly nativeTransport?: ProviderTransport | 'none' | undefined;
  /** Puts what the engine does, and the model's call, where they belong in the agent's trace. */
  readonly bridge?:
    | Pick<AgentsTracingBridge, 'contextOf' | 'compactionSpan' | 'noteConversation'>
    | undefined;
  /**
   * Start the SDK's generation span for a model that does not trace itself, as `ScriptedModel` and most adapters do
   * not. Default false: OpenAI's models do, and two spans for one call would be wrong.
   */
  readonly emitGenerationSpan?: boolean | undefined;
  /**
   * What to try when the provider refuses a prompt as too long. Default: compact, compact harder, cut tool results,
   * and then the provider's error. An empty list leaves every refusal to the caller.
   */
  readonly recoverySteps?: readonly RecoveryStep[] | undefined;
  /**
   * Tell of a compaction on the stream of the call that it was made for, as a raw model event of the source `compact`
   * behind the first event of the model's own. Default true: who does not know it passes it by.
   */
  readonly streamEvents?: boolean | undefined;
  /** Told of a failed preflight or report; the model's call goes on as if there were no compaction. */
  readonly onError?: ((error: unknown) => void) | undefined;
};
