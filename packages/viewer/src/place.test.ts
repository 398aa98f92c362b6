import { describe, expect, it } from 'vitest';
import { moved, placeFromQuery, placeToQuery } from './place.ts';

describe('a place', () => {
  it('is short where it is the usual', () => {
    expect(placeToQuery({ run: 'r' })).toBe('');
    expect(placeToQuery({ view: 'cost', axis: 'time', from: 3, to: 9 })).toBe('view=cost&x=time&calls=3-9');
  });

  it('holds nothing that an address makes up', () => {
    expect(placeFromQuery('view=__proto__&x=call&y=2&as=chart&calls=0-9')).toEqual({});
    expect(placeFromQuery('calls=99999999999-1')).toEqual({});
  });

  it('loses a part that is taken away, and keeps the others', () => {
    expect(moved({ run: 'r', view: 'cost' }, { view: undefined, unit: 'percent' })).toEqual({
      run: 'r',
      unit: 'percent',
    });
  });
});
