const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Made once: making one takes longer than all that is then done with it. */
const formats = {
  date: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
  clock: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
  hour: new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }),
  moment: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' }),
};

/** `640 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(millis: number): string {
  if (millis < 1_000) return `${Math.round(millis)} ms`;
  if (millis < 59_950) return `${Math.round(millis / 100) / 10} s`;
  const seconds = Math.round(millis / 1_000);
  if (seconds < 3_600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  return joined(Math.floor(seconds / 3_600), 'h', Math.floor((seconds % 3_600) / 60), 'min');
}

/** `just now`, `4 min ago`, `3 h ago`; the date once it is more than a day. */
export function formatAge(time: number, now: number): string {
  const age = now - time;
  if (age < minute) return 'just now';
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  return formats.date.format(time);
}

/** The time of day with seconds, in the reader's zone. */
export function formatClock(time: number): string {
  return formats.clock.format(time);
}

/** The time of day without seconds, in the reader's zone. */
export function formatHour(time: number): string {
  return formats.hour.format(time);
}

/** Date, time and zone, in the reader's zone. */
export function formatMoment(time: number): string {
  return formats.moment.format(time);
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
