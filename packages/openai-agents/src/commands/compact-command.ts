import type { AgentItem, CompactResult, Compactor, ManualRequest } from '@clew/core';
import type { ContextMemory } from '../memory/context-memory.ts';
import { parseCompactCommand } from './parse-compact-command.ts';
import { describeCompaction, describeStatus } from './describe-command.ts';

export type CompactCommandRequest = Omit<ManualRequest<AgentItem>, 'note'> & {
  /** What the user wrote. */
  readonly text: string;
};

export type CompactCommandResult = {
  /** `unchanged`: the engine did nothing, and `sentence` says why. */
  readonly kind: 'compacted' | 'unchanged' | 'status';
  /** For the user. */
  readonly sentence: string;
  /** The run, or for `status` the latest one; absent where there was none yet. */
  readonly result?: CompactResult<unknown>;
};

const changed: ReadonlySet<string> = new Set(['compacted', 'pruned_only', 'fallback']);

/**
 * Runs what the user typed where it is a `/compact` command, and answers with a sentence; `undefined` for any other
 * text, which is for the model.
 *
 * `sessionId` must be the one under which the model's calls are looked at: the next call of that session then sends
 * what the command left. The items are the history as it will be sent again, `await session.getItems()` for instance,
 * and stay as they are.
 */
export async function compactCommand(
  {
    manager,
    contexts,
  }: {
    readonly manager: Compactor<AgentItem>;
    /** Must observe the manager. Without it `status` knows nothing. */
    readonly contexts?: Pick<ContextMemory, 'latest'> | undefined;
  },
  { text, ...request }: CompactCommandRequest,
): Promise<CompactCommandResult | undefined> {
  const command = parseCompactCommand(text);
  if (command === undefined) return undefined;
  if (command.kind === 'status') {
    const result = contexts?.latest(request.sessionId);
    return { kind: 'status', sentence: describeStatus(result), ...(result && { result }) };
  }
  const result = await manager.compact({ ...request, note: command.note });
  const kind = changed.has(result.outcome) ? 'compacted' : 'unchanged';
  return { kind, sentence: describeCompaction(result), result };
}
