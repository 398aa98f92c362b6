import { agents, CompactError } from '@clew/core';
import type { AgentItem, Compactor } from '@clew/core';
import type { CallModelInputFilter, CallModelInputFilterArgs, ModelInputData } from '@openai/agents-core';
import { inputItemsOf } from '../input-items.ts';
import { reporter } from '../safely.ts';
import { currentSession } from '../sdk-session.ts';
import { fitToSession } from './fit-to-session.ts';

export type CompactInputFilterOptions = {
  readonly manager: Compactor<AgentItem>;
  /**
   * The conversation of a call. Where it is not told: the group id of the SDK's current trace, else the trace's id,
   * else an id of this filter.
   */
  readonly sessionId?: string | ((args: CallModelInputFilterArgs) => string | undefined) | undefined;
  /** What the SDK sends beside the items and does not show a filter: the tools' schemas, for the estimate. */
  readonly tools?: unknown;
  /** The `gen_ai.provider.name` of the models, told to the engine. */
  readonly providerName?: string | undefined;
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
      const result = await options.manager.preflight({
        sessionId: sessionOf(args, options) ?? currentSession() ?? fallback,
        items: modelData.input,
        instructions: modelData.instructions,
        tools: options.tools,
        model: typeof args.agent.model === 'string' && args.agent.model !== '' ? args.agent.model : undefined,
        provider: options.providerName,
        agent: args.agent.name,
      });
      const wanted = inputItemsOf(result.items);
      return { ...modelData, input: fitToSession(modelData.input, wanted) };
    } catch (error) {
      report(error);
      return modelData;
    }
  };
}

function sessionOf(
  args: CallModelInputFilterArgs,
  { sessionId }: CompactInputFilterOptions,
): string | undefined {
  return typeof sessionId === 'function' ? sessionId(args) : sessionId;
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
