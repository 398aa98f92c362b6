/** Milliseconds until the next attempt, at random up to a limit that doubles: full jitter. `attempt` counts from 1. */
export function backoffMillis(attempt: number, random: () => number): number {
  return random() * Math.min(maxMillis, baseMillis * 2 ** Math.min(attempt - 1, 30));
}

/**
 * What a `Retry-After` header asks for, in milliseconds: seconds or a date. 0 where it asks for nothing that can be
 * understood; at most five minutes, since a longer wait would only lose more.
 */
export function retryAfterMillis(header: string | undefined, now: number): number {
  const text = header?.trim() ?? '';
  const millis = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(millis) ? 0 : Math.min(Math.max(millis, 0), maxRetryAfterMillis);
}

const baseMillis = 250;
const maxMillis = 30_000;
const maxRetryAfterMillis = 300_000;
