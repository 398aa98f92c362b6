import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchBody, frameBytes } from './batch-body.ts';
import { byArrivalOfTies } from './batch-order.ts';
import { LearnedLimit } from '../delivery/learned-limit.ts';

describe('the body of a batch', () => {
  test('is the JSON of its events, and as long as announced', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (events) => {
        const parts = events.map((event) => Buffer.from(JSON.stringify(event)));
        const body = batchBody(parts);
        expect(JSON.parse(body.toString())).toEqual({ batch: JSON.parse(JSON.stringify(events)) });
        expect(body.length).toBe(frameBytes - 1 + parts.reduce((sum, part) => sum + part.length + 1, 0));
      }),
    );
  });
});

describe('the order of a batch', () => {
  test('is by start, and reversed among those of one millisecond, as Ariadne shows ties', () => {
    const events = [
      { name: 'second', startTime: [10, 2_000_000] as [number, number], sequence: 1 },
      { name: 'tie, same instant, ended later', startTime: [10, 1_500_000] as [number, number], sequence: 4 },
      { name: 'tie, started earlier', startTime: [10, 1_400_000] as [number, number], sequence: 5 },
      {
        name: 'tie, same instant, ended sooner',
        startTime: [10, 1_500_000] as [number, number],
        sequence: 3,
      },
      { name: 'first', startTime: [9, 999_999_999] as [number, number], sequence: 9 },
    ];
    expect(events.toSorted(byArrivalOfTies).map(({ name }) => name)).toEqual([
      'first',
      'tie, same instant, ended later',
      'tie, same instant, ended sooner',
      'tie, started earlier',
      'second',
    ]);
  });
});

describe('the limit that a receiver teaches', () => {
  test('halves at each refusal, grows again with each success, and never passes its maximum', () => {
    const limit = new LearnedLimit(262_144);
    expect(limit.shrink(200_000)).toBe(true);
    expect(limit.bytes).toBe(100_000);
    limit.grow();
    expect(limit.bytes).toBe(116_384);
    for (let time = 0; time < 20; time += 1) limit.grow();
    expect(limit.bytes).toBe(262_144);
  });

  test('says when there is nothing smaller to try', () => {
    const limit = new LearnedLimit(4096);
    expect([limit.shrink(4096), limit.shrink(2048), limit.shrink(1024)]).toEqual([true, true, false]);
    expect(limit.bytes).toBe(1024);
  });
});
