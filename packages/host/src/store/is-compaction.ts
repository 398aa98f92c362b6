import type { Outcome } from '@clew/semconv';

const changed: ReadonlySet<unknown> = new Set<Outcome>(['compacted', 'pruned_only', 'fallback', 'restored']);

/** Whether a span is a run that changed the context, by the outcome in either form of its record. */
export function isCompaction(name: string | undefined, attrs: Readonly<Record<string, unknown>>): boolean {
  return name === 'compact.run' && changed.has(attrs['compact.outcome'] ?? attrs['outcome']);
}
