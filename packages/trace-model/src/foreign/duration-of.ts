import type { Span } from '../span.ts';

/** How long a span took, in milliseconds. */
export function durationOf({ start, end }: Span): number | undefined {
  return start === undefined || end === undefined ? undefined : end - start;
}
