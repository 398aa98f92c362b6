import type { Span, TraceInfo } from '@clew/trace-model';
import type { TraceFacts, TraceFeed } from '../plugin/trace-host.ts';

/** A feed that is filled from outside. */
export interface GrowingFeed extends TraceFeed {
  add(facts: Partial<TraceFacts>): void;
}

/** Keeps all that was added, and tells it on. */
export function createFeed(): GrowingFeed {
  const spans: Span[] = [];
  const traces: TraceInfo[] = [];
  const listeners = new Set<(facts: TraceFacts) => void>();
  return {
    add({ spans: moreSpans = [], traces: moreTraces = [] }) {
      if (moreSpans.length + moreTraces.length === 0) return;
      for (const span of moreSpans) spans.push(span);
      for (const trace of moreTraces) traces.push(trace);
      for (const listener of listeners) listener({ spans: moreSpans, traces: moreTraces });
    },
    subscribe(listener) {
      listeners.add(listener);
      if (spans.length + traces.length > 0) listener({ spans: [...spans], traces: [...traces] });
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
