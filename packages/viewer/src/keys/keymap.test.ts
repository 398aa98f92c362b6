import { describe, expect, it } from 'vitest';
import { sessionViews } from '../views/session-views.ts';
import { intentOf, keymap } from './keymap.ts';

describe('the keymap', () => {
  it('gives every key one meaning', () => {
    const keys = keymap.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leads to every view by the key that its tab names', () => {
    for (const { id, key } of sessionViews) expect(intentOf(key)).toEqual({ do: 'view', view: id });
  });

  it('never takes Space, Tab or a key of the browser', () => {
    for (const key of [' ', 'Tab', 'F5', 'PageDown', 'ArrowUp', 'ArrowDown', 'Backspace']) {
      expect(intentOf(key)).toBeUndefined();
    }
  });
});
