import { expect, it } from 'vitest';
import { castOf } from '../testing/entries.fixture.ts';
import { pruningOrder } from './pruning-order.ts';
import type { ToolResult } from './tool-results.ts';

const { entries, groups } = castOf([{ user: 'go', calls: [{ tool: 'read', output: 'x' }] }]);
const [entry] = entries;
const [group] = groups;

const callsAt = (index: number, call: string | undefined) =>
  new Map(call === undefined ? [] : [[index, call]]);

/** Results from the oldest on: the call and the tokens of each. */
function resultsOf(...list: readonly (readonly [call: string | undefined, tokens: number])[]) {
  return list.flatMap(([call, tokens], index): ToolResult[] =>
    entry === undefined || group === undefined
      ? []
      : [
          {
            index,
            entry: { ...entry, tokens },
            group,
            tool: 'read',
            tools: ['read'],
            calls: () => callsAt(index, call),
          },
        ],
  );
}
const orderOf = (results: readonly ToolResult[], pruning?: 'fifo' | 'recency' | 'stage_aware') =>
  pruningOrder(results, { pruning }).map(({ index }) => index);

it('takes the oldest first where nothing is said', () => {
  const results = resultsOf(['a', 1], ['b', 9], ['c', 5]);
  expect(orderOf(results)).toEqual([0, 1, 2]);
  expect(orderOf(results, 'fifo')).toEqual([0, 1, 2]);
});

it('takes first what is both old and big, and of equals the older', () => {
  expect(orderOf(resultsOf(['a', 1], ['b', 9], ['c', 5]), 'recency')).toEqual([1, 2, 0]);
  expect(orderOf(resultsOf(['a', 1], ['b', 1], ['c', 1]), 'recency')).toEqual([0, 1, 2]);
  expect(orderOf(resultsOf(['a', 2], ['b', 3]), 'recency')).toEqual([0, 1]);
});

it('takes first what a later call with the same path has replaced, whatever else was asked', () => {
  const results = resultsOf(
    ['read({"path":"b.ts"})', 1],
    ['read({"path":"a.ts","from":1})', 1],
    ['read({"path":"a.ts","from":9})', 1],
  );
  expect(orderOf(results, 'stage_aware')).toEqual([1, 0, 2]);
});

it('takes a call that cannot be told for one of its own', () => {
  expect(orderOf(resultsOf([undefined, 1], ['x', 1], [undefined, 1], ['x', 1]), 'stage_aware')).toEqual([
    1, 0, 2, 3,
  ]);
});
