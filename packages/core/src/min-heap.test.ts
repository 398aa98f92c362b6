import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MinHeap } from './min-heap.ts';

test('gives the keys back in ascending order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), (keys) => {
      const heap = new MinHeap();
      for (const key of keys) heap.push(key);
      expect(keys.map(() => heap.pop())).toEqual(keys.toSorted((left, right) => left - right));
      expect(heap.pop()).toBeUndefined();
    }),
  );
});

test('keeps the order when keys come and go in turns', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 50 }))), (moves) => {
      const heap = new MinHeap();
      let model: number[] = [];
      for (const move of moves) {
        if (move === null) {
          expect(heap.pop()).toBe(model[0]);
          model = model.slice(1);
        } else {
          heap.push(move);
          model = [...model, move].toSorted((left, right) => left - right);
        }
      }
    }),
  );
});
