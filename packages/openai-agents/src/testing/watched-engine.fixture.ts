import { CompactManager, agents } from '@clew/core';
import type { AgentItem, CompactPolicyInput, CompactResult } from '@clew/core';
import { RecordingObserver } from '@clew/core/testing';

/** An engine for items of the SDK, and what came of each of its runs, in order. */
export function watchedEngine(maxContextTokens: number, policy: CompactPolicyInput) {
  const observer = new RecordingObserver();
  const manager = new CompactManager<AgentItem>({
    model: 'gpt-5',
    maxContextTokens,
    dialect: agents,
    policy,
    observer,
  });
  const results = (): readonly CompactResult<unknown>[] =>
    observer.runs.flatMap(({ result }) => result ?? []);
  return { manager, results };
}
