import * as fc from 'fast-check';
import { viewIds, type Place } from '@clew/viewer';
import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute } from './route.ts';

const id = fc.string({ minLength: 1, unit: 'binary' });
const range = fc.integer({ min: 1, max: 5_000 }).map((from) => ({ from, to: from + 7 }));
const places: fc.Arbitrary<Place> = fc
  .record(
    {
      run: id,
      view: fc.constantFrom(...viewIds),
      axis: fc.constant('time' as const),
      unit: fc.constant('percent' as const),
      form: fc.constant('table' as const),
      range,
    },
    { requiredKeys: [] },
  )
  .map(({ range: part, ...place }) => ({ ...place, ...part }));

describe('the route', () => {
  it('comes back from its address, whatever the ids', () => {
    fc.assert(
      fc.property(id, places, (session, place) => {
        expect(parseRoute(formatRoute({ session, place }))).toEqual({ session, place });
      }),
    );
  });

  it('leads to the table of all sessions', () => {
    expect(parseRoute(formatRoute({ isFleet: true, place: {} }))).toEqual({ isFleet: true, place: {} });
  });

  it('takes an address that it does not know for the start page', () => {
    for (const hash of ['', '#', '#/', '#/x', '#/s/', '#/s/%E0%A4%A', '#/s/a/b'])
      expect(parseRoute(hash)).toEqual({ place: {} });
  });

  it('leaves out what it does not understand of a place', () => {
    expect(parseRoute('#/s/a?view=nonsense&x=9&calls=9-2&more=1')).toEqual({ session: 'a', place: {} });
  });
});
