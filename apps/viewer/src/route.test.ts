import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute } from './route.ts';

describe('routes', () => {
  it('come back as they were written, whatever the ids hold', () => {
    for (const id of ['chat-1', 'a/b', 'ü %', '#?&', '..'])
      for (const route of [{ session: id }, { session: id, run: id }])
        expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('lead to the start where they are not understood', () => {
    for (const hash of ['', '#', '#/', '#/x/1', '#/s/', '#/s/%zz', '#/s/a/c/b/d'])
      expect(parseRoute(hash)).toEqual({});
    expect(parseRoute('#/s/a/c/%zz')).toEqual({ session: 'a' });
    expect(formatRoute({})).toBe('#/');
  });
});
