import type { Meter } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { recordMetrics } from './metric-recorder.fixture.ts';
import { createMetricsObserver } from './metrics-observer.ts';
import { at, belowTrigger, compacted, runStart, steps } from './run-fixture.fixture.ts';

describe('the metrics of a run', () => {
  it('count runs by trigger, outcome and strategy, and what they gained', async () => {
    const { meter, collect } = recordMetrics();
    const observer = createMetricsObserver({ meter });
    for (const endedAt of [at(500), at(1500)]) {
      const run = observer.start(runStart);
      run.tell(steps.decision);
      await run.within(async () => ({ value: 0, step: steps.summary }));
      run.end(compacted, endedAt);
    }
    const attributes = {
      'compact.trigger': 'threshold',
      'compact.outcome': 'compacted',
      'compact.strategy': 'task_state',
    };
    expect(await collect('compact.runs')).toEqual([{ attributes, sum: 2 }]);
    expect(await collect('compact.duration')).toEqual([{ attributes, sum: 2, count: 2 }]);
    expect(await collect('compact.tokens.reclaimed')).toEqual([{ attributes, sum: 136_000 }]);
    expect(await collect('compact.summary.tokens')).toEqual([
      { attributes: { 'compact.strategy': 'task_state', 'compact.method': 'model' }, sum: 1600, count: 2 },
    ]);
  });

  it('count also what compacted nothing, and gain nothing by it', async () => {
    const { meter, collect } = recordMetrics();
    const run = createMetricsObserver({ meter }).start(runStart);
    run.end(
      { ...belowTrigger, tokens: { ...belowTrigger.tokens, after: belowTrigger.tokens.before } },
      at(-5),
    );
    const attributes = { 'compact.trigger': 'threshold', 'compact.outcome': 'noop_below' };
    expect(await collect('compact.runs')).toEqual([{ attributes, sum: 1 }]);
    expect(await collect('compact.duration')).toEqual([{ attributes, sum: 0, count: 1 }]);
    expect(await collect('compact.tokens.reclaimed')).toEqual([]);
  });

  it('never name a session or a model, whose number has no bound', async () => {
    const { meter, collect } = recordMetrics();
    const run = createMetricsObserver({ meter }).start(runStart);
    run.tell(steps.decision);
    run.tell(steps.summary);
    run.end(compacted, at(1));
    const all = await Promise.all(['compact.runs', 'compact.duration'].map(collect));
    expect(JSON.stringify(all)).not.toMatch(/session-1|gpt|run-1/u);
  });

  it('pass the failure of the work on', async () => {
    const run = createMetricsObserver({ meter: recordMetrics().meter }).start(runStart);
    await expect(run.within(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });

  it('are nobody’s trouble where the meter is broken', async () => {
    const broken: Meter = {
      ...recordMetrics().meter,
      createCounter: () => {
        throw new Error('The meter is broken.');
      },
    };
    const run = createMetricsObserver({ meter: broken }).start(runStart);
    run.tell(steps.summary);
    expect((await run.within(async () => ({ value: 1, step: steps.summary }))).value).toBe(1);
    expect(() => run.end(compacted, at(1))).not.toThrow();
  });
});
