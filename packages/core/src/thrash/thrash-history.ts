import { z } from 'zod';

/** A compaction as the detector remembers it, in tokens of the whole prompt. */
export const PastCompaction = z.object({
  /** The number of the preflight that made it. */
  call: z.number(),
  before: z.number(),
  after: z.number(),
  /** Whether a model was asked for a summary. */
  isAsked: z.boolean(),
});
export type PastCompaction = z.infer<typeof PastCompaction>;

/** What a session keeps of its compactions and of the breaker that they may have opened. */
export const ThrashMemory = z.object({
  /** Oldest first. */
  compactions: z.array(PastCompaction),
  /** The call at which the breaker opened last; absent while it is closed. */
  openedAt: z.number().exactOptional(),
});
export type ThrashMemory = z.infer<typeof ThrashMemory>;

export const noThrash: ThrashMemory = { compactions: [] };

/** What counts as thrashing, from the policy. */
export type ThrashLimits = {
  /** So many compactions are allowed … */
  readonly compactions: number;
  /** … in so many calls. */
  readonly calls: number;
  /** How many calls the breaker stays open. */
  readonly cooldownCalls: number;
  /** Less than this share of the prompt is little to free (0 to 1). */
  readonly minReclaimRatio: number;
};

/** Two of them tell of a trend, however long ago they were. */
const leastRemembered = 2;

/** Remembers one more; what no limit looks at any more is forgotten. */
export function withCompaction(
  { compactions }: ThrashMemory,
  added: PastCompaction,
  { calls }: ThrashLimits,
): readonly PastCompaction[] {
  const all = [...compactions, added];
  return all.filter(({ call }, index) => call > added.call - calls || index >= all.length - leastRemembered);
}

/** The share of the prompt that a compaction freed. */
export function reclaimedRatio({ before, after }: Pick<PastCompaction, 'before' | 'after'>): number {
  return before === 0 ? 0 : (before - after) / before;
}
