import type { CompactObserver, Settled } from '@clew/core';
import { describe, expect, it } from 'vitest';
import { combineObservers } from './combine-observers.ts';
import { at, compacted, runStart, steps } from './run-fixture.fixture.ts';

/** An observer that writes down what it is told. */
function scribe(name: string, log: string[]): CompactObserver {
  return {
    start: (run) => {
      log.push(`${name} starts ${run.id}`);
      return {
        tell: (step) => log.push(`${name} is told ${step.name}`),
        within: async (work) => {
          log.push(`${name} goes in`);
          const settled = await work();
          log.push(`${name} comes out with ${settled.step.name}`);
          return settled;
        },
        end: ({ outcome }) => log.push(`${name} ends ${outcome}`),
      };
    },
  };
}

const fail = () => {
  throw new Error('broken');
};

describe('combined observers', () => {
  it('are all told, in their order, and within nests', async () => {
    const log: string[] = [];
    const run = combineObservers(scribe('a', log), scribe('b', log)).start(runStart);
    run.tell(steps.estimate);
    const settled = await run.within(async () => {
      log.push('work');
      return { value: 7, step: steps.summary };
    });
    run.end(compacted, at(1));
    expect(settled.value).toBe(7);
    expect(log).toEqual([
      'a starts run-1',
      'b starts run-1',
      'a is told token_estimate',
      'b is told token_estimate',
      'a goes in',
      'b goes in',
      'work',
      'b comes out with summary_created',
      'a comes out with summary_created',
      'a ends compacted',
      'b ends compacted',
    ]);
  });

  it('do not keep each other from being told', () => {
    const log: string[] = [];
    const broken: CompactObserver = { start: () => ({ tell: fail, within: fail, end: fail }) };
    const run = combineObservers({ start: fail }, broken, scribe('b', log)).start(runStart);
    run.tell(steps.estimate);
    run.end(compacted, at(1));
    expect(log).toEqual(['b starts run-1', 'b is told token_estimate', 'b ends compacted']);
  });

  it.each<[string, <TValue>(work: () => Promise<Settled<TValue>>) => Promise<Settled<TValue>>]>([
    ['throws before the work', fail],
    ['rejects after the work', async (work) => work().then(fail)],
    ['runs the work twice', async (work) => work().then(work)],
    ['never runs the work', async () => fail()],
  ])('run the work once where one of them %s', async (_how, within) => {
    let calls = 0;
    const quiet = { tell: () => {}, end: () => {} };
    const run = combineObservers({ start: () => ({ ...quiet, within }) }, scribe('b', [])).start(runStart);
    const settled = await run.within(async () => ({ value: (calls += 1), step: steps.summary }));
    expect([settled.value, calls]).toEqual([1, 1]);
  });

  it('pass the failure of the work on', async () => {
    const run = combineObservers(scribe('a', []), scribe('b', [])).start(runStart);
    await expect(run.within(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });

  it('may be none', async () => {
    const run = combineObservers().start(runStart);
    expect((await run.within(async () => ({ value: 1, step: steps.summary }))).value).toBe(1);
  });
});
