import { OverflowRecovery } from '@clew/core';
import type { AgentItem, CompactResult, PreflightRequest, ProviderUse } from '@clew/core';
import type { ModelRequest } from '@openai/agents-core';
import { inputItemsOf, itemsOfInput } from '../input-items.ts';
import { routeOf } from '../native/route-of.ts';
import { hearCompactions } from '../stream/hear-compactions.ts';
import { isCompacted } from './is-compacted.ts';
import type { Callee, NativeWish, PreparedRequest } from './prepared-request.ts';
import { agentOf } from './request-session.ts';
import type { SeamOptions } from './seam-options.ts';

type Asked = {
  readonly sessionId: string;
  readonly callee: Callee;
  /** Why the provider does not compact after all. */
  readonly refusal: string | undefined;
};

/** Asks the engine what to send instead of the request's input. Rejects where the engine does. */
export async function preflight(
  request: ModelRequest,
  { sessionId, callee, refusal }: Asked,
  options: SeamOptions,
): Promise<PreparedRequest> {
  const { manager, recoverySteps } = options;
  const items = itemsOfInput(request.input);
  const asked: PreflightRequest<AgentItem> = {
    sessionId,
    items,
    instructions: request.systemInstructions,
    tools: { tools: request.tools, handoffs: request.handoffs, outputType: request.outputType },
    model: callee.name,
    provider: options.providerName,
    agent: agentOf(request, options),
    route: routeOf(request, callee.transport, refusal),
    signal: request.signal,
  };
  const { value: result, compactions } = await hearCompactions(manager, sessionId, () =>
    manager.preflight(asked),
  );
  const recovery = new OverflowRecovery({ manager, request: asked, steps: recoverySteps });
  return {
    ...preparedFrom(result, request, items, options),
    native: wishOf(result.provider, sessionId, callee),
    recovery,
    compactions,
  };
}

export function wishOf(
  use: ProviderUse | undefined,
  sessionId: string,
  { transport }: Callee,
): NativeWish | undefined {
  return use?.ask === undefined || transport === undefined
    ? undefined
    : { ask: use.ask, transport, sessionId };
}

/** Asks the engine for a smaller prompt, after the provider has refused this one. */
export async function recover(
  request: ModelRequest,
  { recovery, native, sessionId = '', compactions = [] }: PreparedRequest,
  { error, evidence }: Refused,
  options: SeamOptions,
): Promise<PreparedRequest | undefined> {
  const { value: result, compactions: further } = await hearCompactions(
    options.manager,
    sessionId,
    async () => recovery?.next(error, { evidence, signal: request.signal }),
  );
  if (result === undefined) return undefined;
  const prepared = preparedFrom(result, request, itemsOfInput(request.input), options);
  return { ...prepared, native, recovery, compactions: [...compactions, ...further] };
}

/** A model's call that failed: the error, and what of it a stream had told before. */
export type Refused = { readonly error: unknown; readonly evidence?: unknown };

function preparedFrom(
  result: CompactResult<AgentItem>,
  { input }: ModelRequest,
  items: readonly AgentItem[],
  { bridge }: SeamOptions,
): PreparedRequest {
  return {
    input: sameItems(result.items, items) ? input : inputItemsOf(result.items),
    sessionId: result.sessionId,
    compaction: isCompacted(result) ? bridge?.compactionSpan(result.id) : undefined,
  };
}

/** What came back untouched is sent untouched: the same array, and a string as a string. */
function sameItems(after: readonly AgentItem[], before: readonly AgentItem[]): boolean {
  return after.length === before.length && after.every((item, index) => item === before[index]);
}
