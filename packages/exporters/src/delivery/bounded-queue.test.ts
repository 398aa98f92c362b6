import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoundedQueue } from './bounded-queue.ts';
import type { Rank } from './bounded-queue.ts';

const all = { bytes: Infinity, entryBytes: 0, count: Infinity };
const rank = fc.constantFrom<Rank>(0, 1, 2);

function add<TPayload>(queue: BoundedQueue<TPayload>, payload: TPayload, bytes: number, of: Rank): number {
  return queue.offer({ payload, bytes, rank: of, at: 0 }).length;
}

function filled(maxBytes: number, entries: readonly (readonly [string, number, Rank])[]) {
  const queue = new BoundedQueue<string>(maxBytes);
  const dropped = entries.map(([name, bytes, rankOfEntry]) => add(queue, name, bytes, rankOfEntry));
  return { queue, dropped };
}

const names = (queue: BoundedQueue<string>) => queue.take(all).map(({ payload }) => payload);

describe('a bounded queue', () => {
  test('gives back in order of arrival, whatever the ranks', () => {
    const { queue } = filled(100, [
      ['a', 1, 2],
      ['b', 1, 0],
      ['c', 1, 1],
      ['d', 1, 2],
    ]);
    expect(names(queue)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('lets the oldest of the lowest rank leave for a newcomer, and keeps the highest to the last', () => {
    const { queue, dropped } = filled(3, [
      ['run', 1, 2],
      ['old', 1, 0],
      ['step', 1, 1],
      ['next', 1, 0],
      ['run 2', 1, 2],
      ['run 3', 1, 2],
      ['run 4', 1, 2],
    ]);
    expect(dropped).toEqual([0, 0, 0, 1, 1, 1, 1]);
    expect(names(queue)).toEqual(['run 2', 'run 3', 'run 4']);
  });

  test('refuses a newcomer for which too little may leave, and drops nothing for it', () => {
    const { queue, dropped } = filled(10, [
      ['small', 2, 0],
      ['run', 6, 2],
      ['large', 5, 0],
      ['huge', 11, 2],
    ]);
    expect(dropped).toEqual([0, 0, 1, 1]);
    expect(names(queue)).toEqual(['small', 'run']);
  });

  test('weighs what was taken until it is released', () => {
    const { queue } = filled(10, [['a', 10, 0]]);
    expect(queue.take(all)).toHaveLength(1);
    expect(add(queue, 'b', 1, 2)).toBe(1);
    queue.release();
    expect(add(queue, 'c', 1, 2)).toBe(0);
    expect(queue.heldBytes).toBe(1);
  });

  test('takes at least one, however large, and no more than fit', () => {
    const { queue } = filled(100, [
      ['a', 50, 0],
      ['b', 3, 0],
      ['c', 3, 0],
      ['d', 3, 0],
    ]);
    const take = (bytes: number, count: number) =>
      queue.take({ bytes, entryBytes: 1, count }).map(({ payload }) => payload);
    expect(take(8, 10)).toEqual(['a']);
    expect(take(8, 10)).toEqual(['b', 'c']);
    expect(take(8, 10)).toEqual(['d']);
    expect(take(8, 10)).toEqual([]);
  });

  test('never holds more than its limit, and accounts for every entry', () => {
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.record({ bytes: fc.nat(40), rank }) },
      { weight: 1, arbitrary: fc.record({ take: fc.nat(60) }) },
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 300 }), (actions) => {
        const queue = new BoundedQueue<number>(100);
        let [offered, dropped, taken] = [0, 0, 0];
        const sequences: number[] = [];
        const batchCounts: number[] = [];
        for (const each of actions) {
          if ('take' in each) {
            const batch = queue.take({ bytes: each.take, entryBytes: 0, count: 5 });
            taken += batch.length;
            sequences.push(...batch.map(({ sequence }) => sequence));
            batchCounts.push(batch.length);
            queue.release();
          } else {
            offered += 1;
            dropped += add(queue, offered, each.bytes, each.rank);
          }
          expect(queue.heldBytes).toBeLessThanOrEqual(100);
          expect(queue.count).toBe(offered - dropped - taken);
        }
        expect(sequences).toEqual(sequences.toSorted((left, right) => left - right));
        expect(Math.max(0, ...batchCounts)).toBeLessThanOrEqual(5);
        expect(queue.clear()).toHaveLength(offered - dropped - taken);
        expect([queue.count, queue.heldBytes, queue.oldest]).toEqual([0, 0, undefined]);
      }),
    );
  });
});
