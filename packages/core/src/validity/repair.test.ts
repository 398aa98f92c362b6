import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect.ts';
import { agents } from '../dialects/agents-dialect.ts';
import { anthropic } from '../dialects/anthropic-dialect.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { responses } from '../dialects/responses-dialect.ts';
import { histories } from '../testing/histories.fixture.ts';
import type { Validity } from './validity.ts';

const dialects: readonly (readonly [keyof typeof histories, Dialect<object> & Validity<object>])[] = [
  ['agents', agents],
  ['responses', responses],
  ['chat', chat],
  ['anthropic', anthropic],
];

describe.each(dialects)('a repair of %s', (name, dialect) => {
  const damaged = fc
    .tuple(histories[name], fc.array(fc.nat(), { minLength: 1, maxLength: 4 }))
    .map(([history, holes]) =>
      holes.reduce<readonly object[]>(
        (list, at) => list.toSpliced(at % (list.length + 1), 1),
        history.flat().map((item, number) => ({ ...item, future_field: number })),
      ),
    );

  test('keeps every field that it does not know, of what it edits, moves and merges too', () => {
    fc.assert(
      fc.property(damaged, (items) => {
        const { items: mended, changes } = dialect.repair(items);
        const inserted = changes.filter(({ action }) => action === 'inserted' || action === 'moved').length;
        const bare = mended.filter((item) => !('future_field' in item));
        expect(bare.length).toBeLessThanOrEqual(inserted);
      }),
    );
  });

  test('touches nothing that it does not say', () => {
    fc.assert(
      fc.property(damaged, (items) => {
        const { items: mended, changes } = dialect.repair(items);
        const named = new Set(changes.map(({ index }) => index));
        for (const [index, item] of items.entries()) {
          if (!named.has(index) && !changes.some(({ action }) => action === 'merged' || action === 'moved')) {
            expect(mended).toContain(item);
          }
        }
        for (const { action, rule, message } of changes) {
          expect(['dropped', 'edited', 'moved', 'merged', 'inserted']).toContain(action);
          expect([rule, message].every((text) => text.length > 0)).toBe(true);
        }
      }),
    );
  });
});
