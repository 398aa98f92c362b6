import type { HrTime } from '@opentelemetry/api';

export type Ordered = { readonly startTime: HrTime; readonly sequence: number };

/**
 * The order of events in a batch: by start, but among those of one millisecond the later first. Ariadne sorts
 * siblings by milliseconds and shows a tie in reverse order of arrival.
 */
export function byArrivalOfTies(left: Ordered, right: Ordered): number {
  return (
    millis(left.startTime) - millis(right.startTime) ||
    right.startTime[1] - left.startTime[1] ||
    right.sequence - left.sequence
  );
}

function millis([seconds, nanos]: HrTime): number {
  return seconds * 1000 + Math.floor(nanos / 1e6);
}
