import { contextAt } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { countByCategory, seenRows } from './seen-rows.ts';

const session = recordedSession();
const contexts = session.calls.flatMap(({ position }) => contextAt(session, position) ?? []);

describe('the rows of what the model saw', () => {
  it('list what is there and what is gone, each with a key of its own, at every call', () => {
    for (const context of contexts) {
      const there = seenRows(context, { isGone: false });
      const gone = seenRows(context, { isGone: true });
      expect(there.map(({ row }) => row.id)).toEqual(context.items.map(({ row }) => row.id));
      expect(gone).toHaveLength(context.gone.length);
      for (const rows of [there, gone]) expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
      for (const { basis, goneWith } of gone)
        expect([basis, goneWith === undefined]).toEqual(['gone', false]);
    }
  });

  it('come apart by part, and lose none', () => {
    const context = contexts.at(-1);
    if (context === undefined) throw new Error('The recorded session has no call.');
    const rows = seenRows(context, { isGone: false });
    const counts = countByCategory(rows);
    for (const [category, count] of counts) {
      expect(seenRows(context, { category, isGone: false })).toHaveLength(count);
    }
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(rows.length);
  });
});
