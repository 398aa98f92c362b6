import { z } from 'zod';
import { CompactionCompleted } from './lifecycle-event.ts';

/** The name under which a stream tells of a compaction. */
export const MEMORY_COMPACTED = 'response.memory.compacted';

/** A compaction as an event among those of a model's stream, and as a line of a log of the run's events. */
export const MemoryCompacted = CompactionCompleted.omit({ type: true }).extend({
  type: z.literal(MEMORY_COMPACTED),
  kind: z.literal(MEMORY_COMPACTED).describe('The same, for readers that look there.'),
  run_item_type: z.literal('memory_compaction').describe('What it is among the items of a run.'),
});
export type MemoryCompacted = z.infer<typeof MemoryCompacted>;

export function memoryCompactedOf(event: CompactionCompleted): MemoryCompacted {
  return { ...event, type: MEMORY_COMPACTED, kind: MEMORY_COMPACTED, run_item_type: 'memory_compaction' };
}
