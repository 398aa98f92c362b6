import * as fc from 'fast-check';
import type { Call } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { callAxis, rangeOf, timeAxis } from './axis.ts';
import { decimate } from './decimate.ts';
import { pressurePoints } from './pressure-points.ts';

const { calls, cuts } = recordedSession();
const axis = callAxis(rangeOf(calls.length, {}));

describe('pressurePoints', () => {
  it('draws a cut at its call, from its size before to its size after', () => {
    const points = pressurePoints(calls, { axis });
    for (const cut of cuts.filter(({ kind }) => kind === 'changed')) {
      const at = points.findIndex((point) => point.x === cut.call.position);
      expect(points[at]?.size).toBe(cut.after);
      expect(points[at - 1]).toMatchObject({ x: cut.call.position - 0.5, size: cut.before });
    }
  });

  it('reaches from the first call to the end of the last, in order', () => {
    const places = pressurePoints(calls, { axis }).map((point) => point.x);
    expect(places[0]).toBe(0.5);
    expect(places.at(-1)).toBe(calls.length + 0.5);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('has parts that sum to the whole, also where only the whole is known', () => {
    const bare = calls.map((call): Call => {
      const tokens = call.before?.tokens ?? 0;
      return Object.assign({}, call, {
        before: { tokens, categories: {} },
        after: { tokens, categories: {} },
      });
    });
    for (const point of [...pressurePoints(calls, { axis }), ...pressurePoints(bare, { axis })])
      expect(Object.values(point.parts).reduce((sum, part) => sum + part, 0)).toBe(point.size);
  });

  it('draws the same curve as shares of the window, where its limit is known', () => {
    const shares = pressurePoints(calls, { axis, unit: 'percent' });
    for (const [at, point] of pressurePoints(calls, { axis }).entries()) {
      expect(shares[at]?.size).toBeCloseTo(point.size / 128_000, 9);
      expect(shares[at]?.limit).toBe(1);
    }
    const unlimited = calls.map(({ window: _window, ...call }): Call => call);
    expect(pressurePoints(unlimited, { axis, unit: 'percent' })).toEqual([]);
    expect(pressurePoints(unlimited, { axis })).toHaveLength(shares.length);
  });

  it('draws a part of the session, by call and by time, and every cut in it', () => {
    const range = rangeOf(calls.length, { from: 11, to: 40 });
    for (const part of [callAxis(range), timeAxis(calls, range)]) {
      const points = pressurePoints(calls, { axis: part });
      const sizes = new Set(points.map((point) => point.size));
      for (const { kind, call, after } of cuts) {
        const isWithin = call.position >= 11 && call.position <= 40;
        if (kind === 'changed' && isWithin) expect(sizes).toContain(after);
      }
      expect(points[0]?.size).toBe(calls[10]?.before?.tokens);
      expect(points.at(-1)?.x).toBe(part.edges.at(-1));
    }
  });

  it('draws nothing where nothing was measured', () => {
    const [call] = calls;
    const {
      before: _before,
      after: _after,
      ...unmeasured
    } = call ?? { id: '', position: 1, index: 1, state: 'running' as const };
    expect(pressurePoints([unmeasured], { axis })).toEqual([]);
  });
});

describe('decimate', () => {
  const curves = fc.array(fc.record({ size: fc.nat(9_999), isEdge: fc.boolean() }), { maxLength: 400 });

  it('keeps to its limit, keeps the order, and keeps every edge that fits', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 10, max: 500 }), (points, max) => {
        const kept = decimate(points, max);
        expect(kept.length).toBeLessThanOrEqual(Math.max(max, 0));
        const places = kept.map((point) => points.indexOf(point));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const edges = points.filter((point) => point.isEdge);
        if (edges.length + 1 < max) for (const edge of edges) expect(kept).toContain(edge);
      }),
    );
  });

  it('keeps the highest of what it thins', () => {
    const points = Array.from({ length: 1_000 }, (_, at) => ({
      size: at === 613 ? 99 : at % 7,
      isEdge: false,
    }));
    expect(decimate(points, 100)).toContain(points[613]);
  });
});
