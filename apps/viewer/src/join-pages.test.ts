import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEntry, SessionPage } from './host-api.ts';
import { joinPages } from './join-pages.ts';

const entry = (id: string, end: number): SessionEntry => ({ id, end, agents: [], models: [] });
const listOf = (ids: readonly number[], next?: string): SessionPage => ({
  sessions: ids.map((id, at) => entry(`s${id}`, -at)),
  ...(next !== undefined && { next }),
});

describe('joinPages', () => {
  it('names each session once, the newest page first, and forgets none that was listed', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(60), { minLength: 1 }),
        fc.uniqueArray(fc.nat(60), { minLength: 1 }),
        (newest, before) => {
          const joined = joinPages(listOf(newest, 'n'), listOf(before, 'b'));
          const ids = joined.sessions.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.slice(0, newest.length)).toEqual(newest.map((id) => `s${id}`));
          const isOverlapping = before.some((id) => newest.includes(id));
          if (isOverlapping) for (const id of before) expect(ids).toContain(`s${id}`);
        },
      ),
    );
  });

  it('begins anew where the newest page has nothing of the list, so that no gap is hidden', () => {
    expect(joinPages(listOf([9, 8], 'n'), listOf([3, 2], 'b'))).toEqual(listOf([9, 8], 'n'));
  });

  it('goes on where the list went on', () => {
    expect(joinPages(listOf([4, 3], 'n'), listOf([3, 2], 'b')).next).toBe('b');
    expect(joinPages(listOf([4, 3]), listOf([3, 2], 'b')).next).toBeUndefined();
  });
});
