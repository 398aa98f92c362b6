import type { Call } from '@clew/trace-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { across, bandOf, callAt, callAxis, domainOf, rangeOf, timeAxis } from './axis.ts';

const callsAt = (starts: readonly (number | undefined)[]): readonly Call[] =>
  starts.map((start, at) => ({
    id: `${at}`,
    position: at + 1,
    index: at + 1,
    state: 'ended',
    ...(start !== undefined && { start }),
  }));

const steps = fc.array(fc.option(fc.nat(1_000_000), { nil: undefined }), { minLength: 1, maxLength: 120 });
const callsOf = (gaps: readonly (number | undefined)[]): readonly Call[] => {
  let clock = 0;
  return callsAt(gaps.map((gap) => (gap === undefined ? undefined : (clock += gap))));
};

describe('the axis', () => {
  it('gives every call a place of its own, in order, and finds it there again', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (gaps, isTime) => {
        const calls = callsOf(gaps);
        const range = rangeOf(calls.length, {});
        const axis = isTime ? timeAxis(calls, range) : callAxis(range);
        let right = 0;
        for (const { position } of calls) {
          const band = bandOf(axis, position);
          expect(band.left).toBeCloseTo(right, 9);
          expect(band.width).toBeGreaterThan(0);
          expect(callAt(axis, across(axis, position))).toBe(position);
          right = band.left + band.width;
        }
        expect(right).toBeCloseTo(1, 9);
      }),
    );
  });

  it('shows any part of the session that is asked for, and no call outside of it', () => {
    fc.assert(
      fc.property(steps, fc.nat(200), fc.nat(200), (gaps, a, b) => {
        const calls = callsOf(gaps);
        const range = rangeOf(calls.length, { from: Math.min(a, b), to: Math.max(a, b) });
        for (const axis of [callAxis(range), timeAxis(calls, range)]) {
          expect(axis.edges).toHaveLength(range.to - range.from + 2);
          expect(callAt(axis, -1)).toBe(range.from);
          expect(callAt(axis, 2)).toBe(range.to);
        }
      }),
    );
  });

  it('cuts a long pause short and says how long it was', () => {
    const minute = 60_000;
    const axis = timeAxis(
      callsAt([0, 1_000, 2_000, 2_000 + 90 * minute, 2_000 + 90 * minute + 1_000]),
      rangeOf(5, {}),
    );
    expect(axis.gaps).toEqual([{ before: 4, millis: 90 * minute }]);
    const [start, end] = domainOf(axis);
    expect(end - start).toBeLessThan(minute);
  });

  it('draws pauses that are usual as they were', () => {
    const axis = timeAxis(callsAt([0, 40_000, 80_000, 130_000]), rangeOf(4, {}));
    expect(axis.gaps).toEqual([]);
    expect(axis.edges.slice(0, 4)).toEqual([0, 40_000, 80_000, 130_000]);
  });
});
