import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { across, callAt, scaleFor, up } from './scale.ts';

const point = (tokens: number, limit?: number): Parameters<typeof scaleFor>[0][number] => ({
  x: 1,
  tokens,
  parts: {},
  isEdge: false,
  ...(limit !== undefined && { limit }),
});

describe('the scale', () => {
  it('holds every size and the limit, with a handful of ticks', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.integer({ min: 1, max: 2_000_000 }), (tokens, limit) => {
        const scale = scaleFor([point(tokens, limit)], 5);
        expect(up(scale, Math.max(tokens, limit))).toBeLessThanOrEqual(1);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('finds the call that lies at a place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(2_999), (calls, at) => {
        const scale = scaleFor([point(1)], calls);
        const position = (at % calls) + 1;
        expect(callAt(scale, across(scale, position))).toBe(position);
      }),
    );
    expect(callAt(scaleFor([], 10), 1)).toBe(10);
  });
});
