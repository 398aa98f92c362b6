import { setImmediate } from 'node:timers/promises';
import type { Retention } from './store/retention.ts';

export interface Cleaner {
  /** Spans removed since the start. */
  removed(): number;
  stop(): Promise<void>;
}

/** Applies the retention every so often, step by step, so that requests are answered in between. */
export function keepClean(retain: Retention, everyMillis: number): Cleaner {
  let removed = 0;
  const stopping = new AbortController();
  let running = Promise.resolve();

  async function clean(): Promise<void> {
    try {
      for (let more = true; more && !stopping.signal.aborted; await setImmediate()) {
        const step = retain();
        removed += step.removedSpans;
        more = step.more;
      }
    } catch {
      // A database that cannot be written now is tried again at the next look; writers are told by their answers.
    }
  }

  const timer = setInterval(() => {
    running = running.then(clean);
  }, everyMillis).unref();

  return {
    removed: () => removed,
    stop() {
      stopping.abort();
      clearInterval(timer);
      return running;
    },
  };
}
