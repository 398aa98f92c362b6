import type { SummaryInfo } from '../result.ts';

/** Why the item that stands for what the provider compacted may not leave: it is sent back as it came, or not at all. */
export const providerCompaction = 'provider_compaction';

/** The summary that the next of ours goes on from: one of the provider's stays in the context beside it. */
export function ownSummary(summary: SummaryInfo | undefined): SummaryInfo | undefined {
  return summary?.by === 'provider' ? undefined : summary;
}
