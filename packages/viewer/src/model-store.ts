import { createModel, fold, type Model, type Span, type TraceInfo } from '@clew/trace-model';

/** A model that grows, for `useModel`. Changes are told at most four times a second. */
export type ModelStore = {
  readonly add: (spans: readonly Span[], traces?: readonly TraceInfo[]) => void;
  readonly getSnapshot: () => Model;
  readonly subscribe: (listener: () => void) => () => void;
};

/** What the store needs of time; milliseconds. */
export type Clock = {
  readonly now: () => number;
  readonly after: (millis: number, work: () => void) => void;
};

const systemClock: Clock = {
  now: () => performance.now(),
  after: (millis, work) => {
    setTimeout(work, millis);
  },
};

/** Between two changes that listeners see, in milliseconds: what a reader can follow, and a chart can draw. */
const interval = 250;

export function createModelStore(clock: Clock = systemClock): ModelStore {
  const listeners = new Set<() => void>();
  let model = createModel();
  let spans: Span[] = [];
  let traces: TraceInfo[] = [];
  let isScheduled = false;
  let lastTold = -Infinity;

  function tell(): void {
    isScheduled = false;
    lastTold = clock.now();
    const next = fold(spans, model, traces);
    spans = [];
    traces = [];
    if (next === model) return;
    model = next;
    for (const listener of listeners) listener();
  }

  return {
    add(moreSpans, moreTraces = []) {
      for (const span of moreSpans) spans.push(span);
      for (const trace of moreTraces) traces.push(trace);
      if (isScheduled) return;
      isScheduled = true;
      clock.after(Math.max(0, lastTold + interval - clock.now()), tell);
    },
    getSnapshot: () => model,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
