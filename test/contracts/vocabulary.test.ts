import { categories, fates, outcomes } from '@clew/core';
import * as semconv from '@clew/semconv';
import { expect, it } from 'vitest';

// The engine imports nothing of ours, and readers of spans do not import the engine: both have the words.

it('the engine and its spans have the same words', () => {
  expect(semconv.fates).toEqual(fates);
  expect(semconv.categories).toEqual(categories);
  expect(semconv.outcomes).toEqual(outcomes);
});

it('each kind of fact that the engine scores has its place in the record', () => {
  const { retention } = semconv.records['compact.run'].shape;
  const record = { score: 1, facts: 0, evicted: 0, eroded: 0, sheet_tokens: 0 };
  for (const kind of semconv.factKinds) {
    expect(retention.safeParse({ ...record, by_kind: { [kind]: { kept: 1, total: 1 } } }).success).toBe(true);
  }
});
