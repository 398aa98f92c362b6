import type { HrTime } from '@opentelemetry/api';

let lastSecond = Number.NaN;
/** The second that was written last, up to its fraction: spans that end together lie in the same few. */
let lastText = '';

/** A time as Ariadne takes it: ISO 8601 in UTC with nanoseconds. */
export function timestampOf([second, nanos]: HrTime): string {
  if (second !== lastSecond) {
    lastText = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
    lastSecond = second;
  }
  return `${lastText}${String(nanos).padStart(9, '0')}Z`;
}

/** Both times of an event: an end before the start would be refused, so it is moved to the start. */
export function eventTimes(start: HrTime, end: HrTime): { started_at: string; ended_at: string } {
  const isReversed = end[0] < start[0] || (end[0] === start[0] && end[1] < start[1]);
  const startedAt = timestampOf(start);
  return { started_at: startedAt, ended_at: isReversed ? startedAt : timestampOf(end) };
}
