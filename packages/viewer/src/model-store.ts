import { createModel, fold, type Model, type Span, type TraceInfo } from '@clew/trace-model';
import { systemClock, throttle, type Clock } from './throttle.ts';

/** A model that grows, for `useModel`. Changes are told at most four times a second. */
export type ModelStore = {
  readonly add: (spans: readonly Span[], traces?: readonly TraceInfo[]) => void;
  readonly getSnapshot: () => Model;
  readonly subscribe: (listener: () => void) => () => void;
};

export function createModelStore(clock: Clock = systemClock): ModelStore {
  const listeners = new Set<() => void>();
  let model = createModel();
  let spans: Span[] = [];
  let traces: TraceInfo[] = [];

  const tell = throttle(() => {
    const next = fold(spans, model, traces);
    spans = [];
    traces = [];
    if (next === model) return;
    model = next;
    for (const listener of listeners) listener();
  }, clock);

  return {
    add(moreSpans, moreTraces = []) {
      for (const span of moreSpans) spans.push(span);
      for (const trace of moreTraces) traces.push(trace);
      tell();
    },
    getSnapshot: () => model,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
