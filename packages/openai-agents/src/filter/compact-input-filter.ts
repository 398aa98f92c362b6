import { agents, CompactError } from '@clew/core';
import type { AgentItem, Compactor, PreflightRequest } from '@clew/core';
import type { CallModelInputFilter, CallModelInputFilterArgs, ModelInputData } from '@openai/agents-core';
import { context } from '@opentelemetry/api';
import type { AgentsTracingBridge } from '../bridge/agents-tracing-bridge.ts';
import { conversationKey } from '../conversation-key.ts';
import { inputItemsOf } from '../input-items.ts';
import { reporter } from '../safely.ts';
import { isCompacted } from '../seam/is-compacted.ts';
import { currentSession, nestedSuffix } from '../sdk-session.ts';
import { fitToSession } from './fit-to-session.ts';

export type CompactInputFilterOptions = {
  readonly manager: Compactor<AgentItem>;
  /**
   * The conversation of a call. Where it is not told: the group id of the SDK's current trace, else the trace's id.
   * With tracing off and nothing told, histories that begin alike are one conversation.
   */
  readonly sessionId?: string | ((args: CallModelInputFilterArgs) => string | undefined) | undefined;
  /** What the SDK sends beside the items and does not show a filter: the tools' schemas, for the estimate. */
  readonly tools?: unknown;
  /** The `gen_ai.provider.name` of the models, told to the engine. */
  readonly providerName?: string | undefined;
  /** Puts what the engine does where it belongs in the agent's trace, and lets the model's call link to it. */
  readonly bridge?:
    | Pick<AgentsTracingBridge, 'contextOf' | 'compactionSpan' | 'noteCompaction' | 'noteConversation'>
    | undefined;
  /** Told of a failed preflight, and of a history that the provider holds; the call goes on as it came. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

/**
 * A `callModelInputFilter` that compacts, for those who cannot or will not wrap their model provider. Sessions are
 * written as if it were not there.
 *
 * It knows less than `compactingProvider`: neither usage nor tools nor an abort signal, it is not called for agents
 * that run as tools, and it cannot recover from an overflow. Use one of the two. A run that is given a made-up history
 * as its input *and* a session should have that history in the session first (`session.addItems`): a filter cannot
 * tell the two apart, and the runner stores of a run's input only what its filter left.
 */
export function compactInputFilter(options: CompactInputFilterOptions): CallModelInputFilter {
  const report = reporter(options.onError, 'Compaction was left out of a model call');
  const fallback = `filter-${crypto.randomUUID()}`;
  return async (args) => {
    const { modelData } = args;
    try {
      assertWhole(modelData);
      const { bridge } = options;
      const told = typeof options.sessionId === 'function' ? options.sessionId(args) : options.sessionId;
      if (told !== undefined) bridge?.noteConversation(told);
      const sessionId =
        (typeof options.sessionId === 'string' ? `${options.sessionId}${nestedSuffix()}` : told) ??
        currentSession() ??
        `${fallback}.${conversationKey(modelData.input)}`;
      const result = await context.with(bridge?.contextOf() ?? context.active(), async () =>
        options.manager.preflight(requestOf(args, sessionId, options)),
      );
      const run = isCompacted(result) ? bridge?.compactionSpan(result.id) : undefined;
      if (run !== undefined) bridge?.noteCompaction(run);
      const wanted = inputItemsOf(result.items);
      return { ...modelData, input: fitToSession(modelData.input, wanted) };
    } catch (error) {
      report(error);
      return modelData;
    }
  };
}

function requestOf(
  { modelData, agent }: CallModelInputFilterArgs,
  sessionId: string,
  { tools, providerName }: CompactInputFilterOptions,
): PreflightRequest<AgentItem> {
  return {
    sessionId,
    items: modelData.input,
    instructions: modelData.instructions,
    tools,
    model: typeof agent.model === 'string' && agent.model !== '' ? agent.model : undefined,
    provider: providerName,
    agent: agent.name,
  };
}

/** @throws CompactError `invalid_items` where the list is what is new since a response that the provider holds */
function assertWhole({ input: [first] }: ModelInputData): void {
  if (first === undefined || agents.inspect(first).kind !== 'result') return;
  throw new CompactError({
    code: 'invalid_items',
    message:
      'Expected the whole history, got the result of a call that is not in it: the provider holds the history ' +
      '(conversationId or previousResponseId), and nothing of it can be compacted here. Use a session instead, or ' +
      "the provider's own modelSettings.contextManagement.",
  });
}
