import type { Call } from '@clew/trace-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callAxis, rangeOf } from '../pressure/axis.ts';
import { laneBars } from './lane-bars.ts';

const usage = fc.record({
  fresh: fc.nat(9_000),
  read: fc.nat(90_000),
  written: fc.nat(9_000),
  cost: fc.nat(99),
});
const callsOf = (
  told: readonly (typeof usage extends fc.Arbitrary<infer T> ? T : never)[],
): readonly Call[] =>
  told.map(({ fresh, read, written, cost }, at) => ({
    id: `${at}`,
    position: at + 1,
    index: at + 1,
    state: 'ended',
    usage: {
      spanId: `${at}`,
      inputTokens: fresh + read + written,
      cacheReadTokens: read,
      cacheWriteTokens: written,
    },
    cost: { currency: 'USD', after: cost },
  }));

describe('laneBars', () => {
  it('covers the axis and loses no token and no cent, however many calls share a bar', () => {
    fc.assert(
      fc.property(
        fc.array(usage, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 90 }),
        (told, max) => {
          const calls = callsOf(told);
          const bars = laneBars(calls, callAxis(rangeOf(calls.length, {})), max);
          expect(bars.length).toBeLessThanOrEqual(max);
          let right = 0;
          for (const bar of bars) {
            expect(bar.left).toBeCloseTo(right, 9);
            right = bar.left + bar.width;
          }
          expect(right).toBeCloseTo(1, 9);
          const total = (key: 'read' | 'written' | 'fresh'): number =>
            bars.reduce((sum, { input }) => sum + (input?.[key] ?? 0), 0);
          for (const key of ['read', 'written', 'fresh'] as const) {
            expect(total(key)).toBe(told.reduce((sum, call) => sum + call[key], 0));
          }
          expect(bars.reduce((sum, { cost }) => sum + (cost?.input ?? 0), 0)).toBe(
            told.reduce((sum, call) => sum + call.cost, 0),
          );
        },
      ),
    );
  });

  it('takes what the engine believed where the provider said nothing, and nothing for nothing', () => {
    const cache = { state: 'cold', reason: 'idle', epoch: 1, prefix_tokens: 0, rewritten_tokens: 0 } as const;
    const calls: readonly Call[] = [
      { id: 'a', position: 1, index: 1, state: 'ended', cache },
      { id: 'b', position: 2, index: 2, state: 'ended' },
    ];
    const [believed, untold] = laneBars(calls, callAxis(rangeOf(2, {})));
    expect(believed).toEqual({ left: 0, width: 0.5, state: 'cold' });
    expect(untold).toEqual({ left: 0.5, width: 0.5 });
  });
});
