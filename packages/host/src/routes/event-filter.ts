import type { StreamMessage } from '../wire.ts';

type EventFilter = ((message: StreamMessage) => boolean) | 'everything';

/** Ariadne's filters on `/events`: `traceId`, `kinds` (a list with commas) and `since`. Nothing if `since` is no time. */
export function eventFilter(query: Record<string, string>): EventFilter | undefined {
  const { traceId, kinds, since } = query;
  const kindSet = kinds && new Set(kinds.split(',').map((kind) => kind.trim()));
  const earliest = since && Date.parse(since);
  if (Number.isNaN(earliest)) return undefined;
  if (!traceId && !kindSet && !earliest) return 'everything';

  return (message) => {
    if (traceId && message.traceId !== traceId) return false;
    // Kinds and times are asked of spans; a trace passes.
    if (message.type === 'trace') return true;
    if (kindSet && !kindSet.has(message.kind ?? '')) return false;
    return !(earliest && message.start !== undefined && message.start < earliest);
  };
}
