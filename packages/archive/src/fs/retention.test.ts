import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavingBy, parseRetention } from './retention.ts';
import type { StoredCompaction } from './retention.ts';

const compactions = fc
  .uniqueArray(
    fc.record({ folder: fc.constantFrom('a', 'b', 'c'), number: fc.integer({ min: 1, max: 9 }) }),
    {
      selector: ({ folder, number }) => `${folder}${number}`,
      maxLength: 20,
    },
  )
  .chain((names) =>
    fc.tuple(
      ...names.map(({ folder, number }) =>
        fc.record<StoredCompaction>({
          folder: fc.constant(folder),
          number: fc.constant(number),
          files: fc.constant([]),
          bytes: fc.integer({ min: 1, max: 100 }),
          at: fc.integer({ min: 0, max: 100 }),
        }),
      ),
    ),
  );
const maybe = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined });
const limits = fc.record({ maxAgeMillis: maybe(120), maxCompactions: maybe(6), maxBytes: maybe(800) });
const now = 100;

describe('what a retention rule lets go', () => {
  it('leaves no more than was asked for, and always the newest', () => {
    fc.assert(
      fc.property(compactions, limits, (stored, retention) => {
        const leaving = new Set(leavingBy(stored, retention, now).map(({ compaction }) => compaction));
        const left = stored.filter((compaction) => !leaving.has(compaction));
        if (stored.length > 0) expect(left.length).toBeGreaterThan(0);
        if (left.length < 2) return;
        const { maxAgeMillis = Infinity, maxCompactions = Infinity, maxBytes = Infinity } = retention;
        const newest = Math.max(...left.map(({ at }) => at));
        expect(newest).toBe(Math.max(...stored.map(({ at }) => at)));
        expect(left.filter(({ at }) => at < newest && now - at > maxAgeMillis)).toEqual([]);
        for (const folder of ['a', 'b', 'c']) {
          expect(left.filter((each) => each.folder === folder).length).toBeLessThanOrEqual(maxCompactions);
        }
        expect(left.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(maxBytes);
      }),
    );
  });

  it('takes the oldest of a session, and nothing that fits', () => {
    fc.assert(
      fc.property(compactions, limits, (stored, retention) => {
        const leaving = leavingBy(stored, retention, now);
        const gone = new Set(leaving.map(({ compaction }) => compaction));
        for (const { compaction } of leaving) {
          const older = stored.filter(({ folder, at }) => folder === compaction.folder && at < compaction.at);
          for (const each of older) expect(gone.has(each)).toBe(true);
        }
        expect(leavingBy(stored, {}, now)).toEqual([]);
        const ages = leaving.map(({ compaction }) => compaction.at);
        expect(ages).toEqual(ages.toSorted((left, right) => left - right));
      }),
    );
  });

  it('is understood or refused', () => {
    expect(parseRetention({ maxBytes: 5 })).toEqual({ maxBytes: 5 });
    expect(() => parseRetention({ maxBytes: 0 })).toThrow(/retention of FsArchive[^]*maxBytes/u);
    expect(() => parseRetention({ days: 3 })).toThrow(/days/u);
  });
});
