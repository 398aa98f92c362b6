import { describe, expect, it } from 'vitest';
import { amount, change, list, percent, tokens } from './quantity.ts';

describe('quantities', () => {
  it.each([
    [0, '0'],
    [812, '812'],
    [999, '999'],
    [1000, '1k'],
    [8120, '8.1k'],
    [21_449, '21.4k'],
    [99_949, '99.9k'],
    [99_960, '100k'],
    [112_345, '112k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [1_250_000, '1.3M'],
    [250_000_000, '250M'],
  ])('%d tokens read %s', (count, text) => {
    expect(tokens(count)).toBe(text);
    expect(tokens(count, 'estimate')).toBe(`~${text}`);
    expect(tokens(count, 'provider')).toBe(text);
  });

  it('show a small share with a decimal', () => {
    expect([0, 0.0135, 0.0996, 0.61, 1.25].map(percent)).toEqual(['0 %', '1.4 %', '10 %', '61 %', '125 %']);
  });

  it('show the direction of a change, and none where there is none', () => {
    expect([change(100, 39), change(100, 150), change(100, 100), change(0, 10)]).toEqual([
      ' (-61 %)',
      ' (+50 %)',
      '',
      '',
    ]);
  });

  it('agree in number', () => {
    expect([amount(0, 'item'), amount(1, 'item'), amount(2, 'item')]).toEqual([
      'no items',
      '1 item',
      '2 items',
    ]);
  });

  it('join with commas and one and', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});
