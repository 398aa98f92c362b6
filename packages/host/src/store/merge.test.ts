import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { merge } from './merge.ts';

type Row = { readonly name?: string; readonly attrs?: string; readonly end?: number };

const row: fc.Arbitrary<Row> = fc.record(
  {
    name: fc.string({ minLength: 1 }),
    attrs: fc.string({ minLength: 1 }),
    end: fc.integer(),
  },
  { requiredKeys: [] },
);

it('forgets nothing that only one of two rows says', () => {
  fc.assert(
    fc.property(row, row, (a, b) => {
      const merged = merge(a, b);
      for (const key of ['name', 'attrs', 'end'] as const) {
        expect([a[key], b[key]]).toContain(merged[key]);
        expect(merged[key] === undefined).toBe(a[key] === undefined && b[key] === undefined);
      }
    }),
  );
});

it('changes nothing when a row comes twice', () => {
  fc.assert(
    fc.property(row, row, (a, b) => {
      const merged = merge(a, b);
      expect(merge(a, a)).toEqual(a);
      expect(merge(merged, merged)).toEqual(merged);
    }),
  );
});

it('gives the same for an opening and a closing row in either order', () => {
  fc.assert(
    fc.property(row, row, fc.integer(), (opening, closing, end) => {
      const { end: _, ...rest } = opening;
      const opened: Row = rest;
      const closed: Row = { ...closing, end };
      expect(merge(opened, closed)).toEqual(merge(closed, opened));
      expect(merge(opened, closed)).toMatchObject({
        ...opened,
        ...closed,
      });
    }),
  );
});

it('lets the later of two closed rows win', () => {
  const before: Row = { name: 'first', attrs: 'kept', end: 1 };
  expect(merge(before, { name: 'second', end: 2 })).toEqual({
    name: 'second',
    attrs: 'kept',
    end: 2,
  });
});
