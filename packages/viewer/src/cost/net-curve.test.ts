import { costOf, type CutCost } from '@clew/trace-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { netCurve, netSteps } from './net-curve.ts';

const [priced] = costOf(recordedSession({ isMeasured: true })).cuts;
if (priced === undefined) throw new Error('The recorded session has no compaction.');

const cents = (min: number): fc.Arbitrary<number> =>
  fc.integer({ min, max: 5_000 }).map((count) => count / 1_000);
const costs = fc
  .record({
    before: cents(0),
    after: cents(0),
    summary: fc.option(cents(0), { nil: undefined }),
    savedPerCall: cents(-5_000),
    callsSince: fc.nat(200),
  })
  .map(({ summary, ...rest }): CutCost => {
    const net = rest.before - rest.after - (summary ?? 0) + rest.savedPerCall * rest.callsSince;
    return { cut: priced.cut, currency: 'USD', net, ...rest, ...(summary !== undefined && { summary }) };
  });

describe('the net of a compaction', () => {
  it('is what its steps add up to, and where its curve stands now', () => {
    fc.assert(
      fc.property(costs, (cost) => {
        const steps = netSteps(cost) ?? [];
        expect(steps.at(-1)?.to).toBeCloseTo(cost.net ?? NaN, 6);
        for (const [at, step] of steps.entries()) {
          expect(step.from).toBe(steps[at - 1]?.to ?? 0);
          expect(step.to - step.from).toBeCloseTo(step.amount, 9);
        }
        expect(netCurve(cost)?.known[1]).toEqual({
          calls: cost.callsSince,
          net: expect.closeTo(cost.net ?? NaN, 6),
        });
      }),
    );
  });

  it('breaks even at the first call at which it is not below nothing, or never', () => {
    fc.assert(
      fc.property(costs, (cost) => {
        const curve = netCurve(cost);
        if (curve === undefined) throw new Error('Every cost here is known.');
        const { breakEven, start, savedPerCall } = curve;
        if (breakEven === undefined) {
          expect(start).toBeLessThan(0);
          expect(savedPerCall).toBeLessThanOrEqual(0);
          return;
        }
        expect(start + savedPerCall * breakEven).toBeGreaterThanOrEqual(-1e-9);
        if (breakEven > 0) expect(start + savedPerCall * (breakEven - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('agrees with what the engine said of its own compactions', () => {
    for (const cost of costOf(recordedSession({ isMeasured: true })).cuts) {
      const { breakEvenCalls, ...own } = cost;
      if (breakEvenCalls !== undefined) expect(netCurve(own)?.breakEven).toBe(breakEvenCalls);
    }
    expect.hasAssertions();
  });

  it('is not known where a part of it is not', () => {
    const { net: _net, ...unknown } = priced;
    expect(netCurve(unknown)).toBeUndefined();
    expect(netSteps(unknown)).toBeUndefined();
  });
});
