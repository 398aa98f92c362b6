import type { Call } from '@clew/trace-model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectTrigger } from './projection.ts';

type Size = { readonly before: number; readonly after?: number };

const callsOf = (sizes: readonly Size[], trigger = 100_000, more: Partial<Call> = {}): readonly Call[] =>
  sizes.map(({ before, after = before }, at) => ({
    id: `${at}`,
    position: at + 1,
    index: at + 1,
    state: 'ended',
    basis: 'tokenizer',
    model: 'gpt',
    before: { tokens: before, categories: {} },
    after: { tokens: after, categories: {} },
    window: { limit: 128_000, trigger },
    ...more,
  }));
const growing = (from: number, by: number, count: number): readonly Size[] =>
  Array.from({ length: count }, (_, at) => ({ before: from + at * by }));

describe('the projection', () => {
  it('counts the calls until the trigger at an even growth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 4, max: 40 }),
        (from, by, count) => {
          const last = from + by * (count - 1);
          const expected = Math.max(0, Math.ceil((100_000 - last) / by));
          expect(projectTrigger(callsOf(growing(from, by, count)))).toMatchObject({
            calls: expected,
            growth: by,
            basis: 'tokenizer',
          });
        },
      ),
    );
  });

  it('begins anew at each cut, whose own call is its first size', () => {
    const sizes = [
      ...growing(10_000, 9_000, 9),
      { before: 90_000, after: 20_000 },
      ...growing(21_000, 1_000, 4),
    ];
    expect(projectTrigger(callsOf(sizes))).toMatchObject({ growth: 1_000, steps: 4, calls: 76 });
    expect(projectTrigger(callsOf(sizes.slice(0, 12)))).toBeUndefined();
  });

  it('compares no sizes that were obtained in different ways, or of different models', () => {
    const estimates = callsOf(growing(1_000, 500, 6), 100_000, { basis: 'estimate' });
    const counted = callsOf(growing(30_000, 2_000, 3));
    expect(projectTrigger([...estimates, ...counted])).toBeUndefined();
    const other = callsOf(growing(1_000, 500, 6), 100_000, { model: 'other' });
    expect(projectTrigger([...other, ...counted])).toBeUndefined();
  });

  it('says nothing where nothing grows, or where the trigger is not known', () => {
    expect(projectTrigger(callsOf(growing(50_000, -10, 8)))).toBeUndefined();
    expect(projectTrigger(callsOf(growing(50_000, 0, 8)))).toBeUndefined();
    expect(projectTrigger(callsOf(growing(1, 5, 8), 0, { window: { limit: 128_000 } }))).toBeUndefined();
    expect(projectTrigger([])).toBeUndefined();
  });

  it('says that the trigger is reached where it is', () => {
    expect(projectTrigger(callsOf(growing(99_000, 500, 5)))?.calls).toBe(0);
  });
});
