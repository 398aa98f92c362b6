import type { MemoryCompacted } from '@clew/core';
import { MEMORY_COMPACTED } from '@clew/core';
import type { RunStreamEvent } from '@openai/agents-core';
import { COMPACT_SOURCE } from './announce-compactions.ts';

/** The compaction that an event of a run's stream tells of; `undefined` for any other event. */
export function compactionIn(event: RunStreamEvent): MemoryCompacted | undefined {
  if (event.type !== 'raw_model_stream_event' || event.source !== COMPACT_SOURCE) return undefined;
  const raw: unknown = event.data.type === 'model' ? event.data.event : undefined;
  return isMemoryCompacted(raw) ? raw : undefined;
}

/** Of our own making, in this process. */
function isMemoryCompacted(raw: unknown): raw is MemoryCompacted {
  return typeof raw === 'object' && raw !== null && 'type' in raw && raw.type === MEMORY_COMPACTED;
}
