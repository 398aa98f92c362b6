import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeRows } from './merge-rows.ts';

type Row = { readonly name: string | null; readonly attrs: string | null; readonly ended_at: number | null };

const row: fc.Arbitrary<Row> = fc.record({
  name: fc.option(fc.string({ minLength: 1 })),
  attrs: fc.option(fc.string({ minLength: 1 })),
  ended_at: fc.option(fc.integer()),
});

it('forgets nothing that only one of two rows says', () => {
  fc.assert(
    fc.property(row, row, (a, b) => {
      const merged = mergeRows(a, b);
      for (const key of ['name', 'attrs', 'ended_at'] as const) {
        expect([a[key], b[key]]).toContain(merged[key]);
        expect(merged[key] === null).toBe(a[key] === null && b[key] === null);
      }
    }),
  );
});

it('changes nothing when a row comes twice', () => {
  fc.assert(
    fc.property(row, row, (a, b) => {
      const merged = mergeRows(a, b);
      expect(mergeRows(a, a)).toEqual(a);
      expect(mergeRows(merged, merged)).toEqual(merged);
    }),
  );
});

it('gives the same for an opening and a closing row in either order', () => {
  fc.assert(
    fc.property(row, row, fc.integer(), (opening, closing, end) => {
      const opened: Row = { ...opening, ended_at: null };
      const closed: Row = { ...closing, ended_at: end };
      expect(mergeRows(opened, closed)).toEqual(mergeRows(closed, opened));
      expect(mergeRows(opened, closed)).toMatchObject({ ended_at: end, name: closed.name ?? opened.name });
    }),
  );
});

it('lets the later of two closed rows win', () => {
  const before: Row = { name: 'first', attrs: 'kept', ended_at: 1 };
  expect(mergeRows(before, { name: 'second', attrs: null, ended_at: 2 })).toEqual({
    name: 'second',
    attrs: 'kept',
    ended_at: 2,
  });
});
