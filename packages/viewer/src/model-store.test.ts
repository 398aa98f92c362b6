import { recordSession } from '@clew/trace-model/testing';
import { describe, expect, it } from 'vitest';
import { createModelStore } from './model-store.ts';
import type { Clock } from './throttle.ts';

/** A clock that moves only when told. */
function createClock(): Clock & { readonly advance: (millis: number) => void } {
  let time = 0;
  let waiting: { at: number; work: () => void }[] = [];
  return {
    now: () => time,
    after: (millis, work) => waiting.push({ at: time + millis, work }),
    advance(millis) {
      time += millis;
      const due = waiting.filter(({ at }) => at <= time);
      waiting = waiting.filter(({ at }) => at > time);
      for (const { work } of due) work();
    },
  };
}

describe('the model store', () => {
  it('tells of the first change at once and of later ones at most every 250 ms', () => {
    const clock = createClock();
    const store = createModelStore(clock);
    let told = 0;
    store.subscribe(() => (told += 1));
    const spans = recordSession({ calls: 10 });
    for (const span of spans) {
      store.add([span]);
      clock.advance(20);
    }
    expect(told).toBeGreaterThan(1);
    expect(told).toBeLessThanOrEqual(Math.ceil((spans.length * 20) / 250) + 1);
    clock.advance(250);
    expect(store.getSnapshot().sessions[0]?.spans).toHaveLength(spans.length);
  });

  it('keeps the same snapshot, and its silence, while nothing new has come', () => {
    const clock = createClock();
    const store = createModelStore(clock);
    const spans = recordSession({ calls: 2 });
    store.add(spans);
    clock.advance(0);
    const before = store.getSnapshot();
    let told = 0;
    const stop = store.subscribe(() => (told += 1));
    store.add(spans);
    clock.advance(300);
    expect(store.getSnapshot()).toBe(before);
    stop();
    store.add([{ traceId: 'x', id: '1', name: 'x', attrs: {} }]);
    clock.advance(300);
    expect(told).toBe(0);
    expect(store.getSnapshot().sessions).toHaveLength(2);
  });
});
