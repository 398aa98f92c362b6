import type { Run } from '../run.ts';
import { spanKey } from '../span-key.ts';
import type { Span } from '../span.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';
import { readForeign } from './read-foreign.ts';

/** A foreign compaction with the span that tells of it. */
export type ForeignCut = ForeignCompaction & {
  /** The span's key: its trace and its id. */
  readonly id: string;
  readonly spanId: string;
  readonly traceId: string;
};

/** What the spans of a session tell of others' compactions, in their order. */
export function foreignOf(spans: readonly Span[], runs: readonly Run[]): readonly ForeignCut[] {
  return spans.flatMap((span) => {
    const told = readForeign(span);
    // Where there are runs, a mark on a model call tells of one of them.
    if (told === undefined || (told.outcome === 'marked' && runs.length > 0)) return [];
    return [{ ...told, id: spanKey(span.traceId, span.id), spanId: span.id, traceId: span.traceId }];
  });
}
