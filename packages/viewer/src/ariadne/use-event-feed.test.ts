import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addedTo } from './use-event-feed.ts';

const items = fc.array(fc.object().map((value) => ({ value })));

describe('what a list of events has more than before', () => {
  it('is what was put before it, or after it', () => {
    fc.assert(
      fc.property(items, items, (before, more) => {
        expect(addedTo(before, [...more, ...before])).toEqual(more);
        expect(addedTo(before, [...before, ...more])).toEqual(more);
      }),
    );
  });

  it('is not known where something has gone: the list begins anew', () => {
    fc.assert(
      fc.property(items, items, ([first, ...rest], more) => {
        fc.pre(first !== undefined);
        expect(addedTo([first, ...rest], rest)).toBeUndefined();
        fc.pre(more.length > 0);
        expect(addedTo([first, ...rest], [...more, ...rest])).toBeUndefined();
      }),
    );
  });
});
