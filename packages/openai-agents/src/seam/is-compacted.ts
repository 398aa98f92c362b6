import type { CompactResult } from '@clew/core';

/** Whether the model sees less than the whole history, by this run's work or by an earlier one's. */
export function isCompacted({ outcome, reapplied, splice }: CompactResult<unknown>): boolean {
  if (reapplied === 'applied' || splice !== undefined) return true;
  return outcome === 'compacted' || outcome === 'pruned_only' || outcome === 'fallback';
}
