import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDiff } from './word-diff.ts';

const text = fc
  .array(fc.constantFrom('keep', 'Node', '20', 'working', '.', '\n', '  ', 'naïve', '字'), { maxLength: 30 })
  .map((words) => words.join(' '));

describe('the word diff', () => {
  it('holds both texts whole, in their order', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = wordDiff(before, after) ?? [];
        const without = (kind: string): string =>
          parts
            .filter((part) => part.kind !== kind)
            .map((part) => part.text)
            .join('');
        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
      }),
    );
  });

  it('goes by whole words', () => {
    expect(wordDiff('must never push', 'should never push')).toEqual([
      { kind: 'removed', text: 'must' },
      { kind: 'added', text: 'should' },
      { kind: 'same', text: ' never push' },
    ]);
  });

  it('gives up on what would hold the page up', () => {
    expect(wordDiff('a'.repeat(150_000), 'b'.repeat(150_000))).toBeUndefined();
  });
});
