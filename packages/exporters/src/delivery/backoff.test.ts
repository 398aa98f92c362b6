import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMillis, retryAfterMillis } from './backoff.ts';

describe('backoff', () => {
  test('is spread from nothing up to a limit that doubles, up to 30 s', () => {
    expect([1, 2, 3, 7, 8, 1000].map((attempt) => backoffMillis(attempt, () => 1))).toEqual([
      250, 500, 1000, 16_000, 30_000, 30_000,
    ]);
    expect(backoffMillis(5, () => 0)).toBe(0);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');

  test.each([
    ['20', 20_000],
    [' 3 ', 3000],
    ['Fri, 20 Nov 2026 10:00:30 GMT', 30_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['86400', 300_000],
    ['soon', 0],
    ['-5', 0],
    ['', 0],
    [undefined, 0],
  ])('%s asks for %d ms', (header, millis) => {
    expect(retryAfterMillis(header, now)).toBe(millis);
  });

  test('is between nothing and five minutes, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const millis = retryAfterMillis(header, now);
        expect(millis >= 0 && millis <= 300_000).toBe(true);
      }),
    );
  });
});
