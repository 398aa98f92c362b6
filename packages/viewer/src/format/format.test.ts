import { describe, expect, it } from 'vitest';
import { formatRatio } from './ratio.ts';
import { formatAge, formatClock, formatDuration, formatMoment } from './time.ts';
import { exactTokens, formatChange, formatTokens } from './tokens.ts';

describe('numbers for people', () => {
  it('shortens tokens, and marks an estimate', () => {
    expect(
      [0, 812, 999.4, 18_240, 99_960, 112_345, 999_700, 1_240_000].map((count) => formatTokens(count)),
    ).toEqual(['0', '812', '999', '18.2k', '100k', '112k', '1M', '1.2M']);
    expect(formatTokens(18_240, 'estimate')).toBe('~18.2k');
    expect(formatTokens(18_240, 'provider')).toBe('18.2k');
  });

  it('says a change with its sign', () => {
    expect([-68_400, 0, 1_200].map(formatChange)).toEqual(['−68.4k', '±0', '+1.2k']);
  });

  it('keeps every digit in titles', () => {
    expect(exactTokens(112_345, 'tokenizer')).toBe('112,345 tokens, counted by a tokenizer');
    expect(exactTokens(1)).toBe('1 token');
  });

  it('does not round a small share to nothing', () => {
    expect([0.614, 0.0312, 0, 1.04, -0.081].map(formatRatio)).toEqual([
      '61 %',
      '3.1 %',
      '0 %',
      '104 %',
      '-8.1 %',
    ]);
  });

  it('says durations and ages in the unit that fits', () => {
    expect([640, 4_210, 59_949, 200_000, 180_000, 7_500_000].map(formatDuration)).toEqual([
      '640 ms',
      '4.2 s',
      '59.9 s',
      '3 min 20 s',
      '3 min',
      '2 h 5 min',
    ]);
    const now = Date.UTC(2026, 10, 21, 12);
    expect([now - 5_000, now - 240_000, now - 3 * 3_600_000].map((time) => formatAge(time, now))).toEqual([
      'just now',
      '4 min ago',
      '3 h ago',
    ]);
    expect(formatAge(now - 5 * 86_400_000, now)).toContain('2026');
    expect(formatMoment(now)).toContain(formatClock(now).slice(0, 2));
  });
});
