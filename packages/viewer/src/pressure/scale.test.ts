import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleFor, up } from './scale.ts';

const point = (size: number, limit?: number): Parameters<typeof scaleFor>[0][number] => ({
  x: 1,
  size,
  parts: {},
  isEdge: false,
  ...(limit !== undefined && { limit }),
});

describe('the scale', () => {
  it('holds every size and the limit, with a handful of ticks', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.integer({ min: 1, max: 2_000_000 }), (size, limit) => {
        const scale = scaleFor([point(size, limit)], 'tokens');
        expect(up(scale, Math.max(size, limit))).toBeLessThanOrEqual(1);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('holds shares of the window, also where a prompt passed it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3, noNaN: true }), (share) => {
        const scale = scaleFor([point(share, 1)], 'percent');
        expect(up(scale, Math.max(share, 1))).toBeLessThanOrEqual(1);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});
