import { CompactManager, chat } from '@clew/core';
import type { CacheAccount } from '@clew/core';
import type { RecordedCall } from './recorded-session.ts';

/** A call of a recorded session: what the engine believed of the cache, and what the provider then read. */
export type Belief = {
  readonly cache: CacheAccount;
  /** Whether the provider read at least half of the prompt before. */
  readonly isHit: boolean;
};

/** What the engine believes before each call but the first, with nothing compacted. */
export async function beliefsOn(calls: readonly RecordedCall[]): Promise<readonly Belief[]> {
  let now = 0;
  const manager = new CompactManager<object>({
    model: 'claude-sonnet-4-5',
    maxContextTokens: 1_000_000,
    dialect: chat,
    now: () => now,
  });
  const beliefs: Belief[] = [];
  for (const [index, { items, usage, at }] of calls.entries()) {
    now = at;
    const { cache } = await manager.preflight({ sessionId: 's', items });
    const before = calls[index - 1]?.usage.inputTokens;
    if (before !== undefined) {
      beliefs.push({ cache, isHit: (usage.cacheReadInputTokens ?? 0) >= 0.5 * before });
    }
    manager.reportUsage('s', usage);
  }
  return beliefs;
}
