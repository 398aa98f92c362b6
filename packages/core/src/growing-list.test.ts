import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingList } from './growing-list.ts';

describe('a growing list', () => {
  it('holds what was put into it, and so does every list that it has grown from or into', () => {
    const growth = fc.record({ from: fc.nat(), added: fc.array(fc.integer(), { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(growth, { maxLength: 30 }), (first, growths) => {
        const lists = [{ list: GrowingList.from(first), values: first }];
        for (const { from, added } of growths) {
          const parent = lists[from % lists.length];
          if (parent === undefined) continue;
          lists.push({ list: parent.list.append(added), values: [...parent.values, ...added] });
        }
        for (const { list, values } of lists) {
          expect(list.values).toEqual(values);
          expect(list).toHaveLength(values.length);
          expect(list.isPrefixOf([...values, 1])).toBe(true);
          expect(list.append([1]).isPrefixOf(values)).toBe(false);
        }
      }),
    );
  });

  it('is no prefix of what differs in one value', () => {
    const list = GrowingList.from([1, 2, 3]);
    expect(list.isPrefixOf([1, 2, 4, 5])).toBe(false);
  });
});
