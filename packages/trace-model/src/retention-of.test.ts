import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionOf } from './recorded-session.fixture.ts';
import { retentionOf } from './retention-of.ts';
import { recordSession } from './testing/index.ts';

describe('the retention of a session', () => {
  it('is the same from OTel attributes and from Ariadne data, and adds up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 70 }), (seed, calls) => {
        const script = { seed, calls, isMeasured: true } as const;
        const [otel, ariadne] = (['otel', 'ariadne'] as const).map((form) =>
          retentionOf(sessionOf(recordSession({ ...script, form }))),
        );
        const cells = ({ kinds, totals, evicted, eroded, unmeasured }: typeof otel & object) => ({
          kinds,
          totals,
          evicted,
          eroded,
          unmeasured,
        });
        if (otel === undefined || ariadne === undefined) throw new Error('Both forms fold.');
        expect(cells(ariadne)).toEqual(cells(otel));
        for (const [at, { kept, total }] of otel.totals.entries()) {
          expect(kept).toBe(otel.kinds.reduce((sum, { cells: row }) => sum + (row[at]?.kept ?? 0), 0));
          expect(total).toBe(otel.kinds.reduce((sum, { cells: row }) => sum + (row[at]?.total ?? 0), 0));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has a column for every measured compaction, and the latest of every kind', () => {
    const { cuts, kinds, evicted, eroded, unmeasured } = retentionOf(
      sessionOf(recordSession({ isMeasured: true })),
    );
    expect(cuts.map(({ cut }) => cut.number)).toEqual([1, 2, 3, 4]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['constraint', 'error', 'path']);
    expect(kinds[1]?.cells[0]).toBeUndefined();
    expect(kinds[2]?.last).toEqual({ kept: 24, total: 28 });
    expect({ evicted, eroded, unmeasured }).toEqual({ evicted: 16, eroded: 6, unmeasured: 0 });
  });

  it('takes what was not measured for unknown', () => {
    const retention = retentionOf(sessionOf(recordSession()));
    expect(retention).toMatchObject({ cuts: [], kinds: [], unmeasured: 4 });
  });
});
