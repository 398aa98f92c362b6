import { BoundedQueue } from './bounded-queue.ts';
import type { LifecycleEvent, UnnumberedEvent } from './lifecycle-event.ts';

export type EventFilter = {
  /** Events of this session alone. */
  readonly sessionId?: string | undefined;
  /** Ends the subscription, or the stream. */
  readonly signal?: AbortSignal | undefined;
};

export type EventStreamOptions = EventFilter & {
  /** How many events wait for a slow reader; then the oldest leave, and `sequence` shows the gap. Default 1000. */
  readonly capacity?: number | undefined;
};

/**
 * The lifecycle events of a manager, in the order in which they happened. `for await (const event of manager.events)`
 * reads all from then on; leaving the loop ends it. A reader neither delays the engine nor makes it fail.
 */
export interface LifecycleEvents extends AsyncIterable<LifecycleEvent> {
  /**
   * Tells `listener` of each event at the moment it happens, before the call that it belongs to goes on. What the
   * listener throws or rejects with is dropped.
   *
   * @returns ends the subscription
   */
  subscribe(listener: (event: LifecycleEvent) => unknown, filter?: EventFilter): () => void;
  /** Events from now on, for one reader. It ends when the signal aborts or the reader leaves. */
  stream(options?: EventStreamOptions): AsyncIterableIterator<LifecycleEvent>;
}

type Listener = (event: LifecycleEvent) => unknown;

/** The stream, and the end into which the engine puts events. */
export class EventHub implements LifecycleEvents {
  readonly #listeners = new Set<Listener>();
  #sequence = 0;

  /** Counts the event, and builds it where somebody listens. Never throws. */
  emit(make: () => UnnumberedEvent): void {
    this.#sequence += 1;
    if (this.#listeners.size === 0) return;
    const event = attempt(() => ({ ...make(), sequence: this.#sequence }));
    if (event === undefined) return;
    for (const listener of Array.from(this.#listeners)) {
      const answer = attempt(() => listener(event));
      if (answer instanceof Promise) answer.catch(() => {});
    }
  }

  subscribe(listener: Listener, { sessionId, signal }: EventFilter = {}): () => void {
    if (signal?.aborted === true) return () => {};
    const heard: Listener = (event) =>
      sessionId === undefined || event.session_id === sessionId ? listener(event) : undefined;
    const stop = () => {
      this.#listeners.delete(heard);
      signal?.removeEventListener('abort', stop);
    };
    this.#listeners.add(heard);
    signal?.addEventListener('abort', stop, { once: true });
    return stop;
  }

  stream({
    capacity = 1000,
    sessionId,
    signal,
  }: EventStreamOptions = {}): AsyncIterableIterator<LifecycleEvent> {
    const close = () => queue.close();
    const queue = new BoundedQueue<LifecycleEvent>(Math.max(1, capacity), () => {
      stop();
      signal?.removeEventListener('abort', close);
    });
    const stop = this.subscribe((event) => queue.push(event), { sessionId });
    if (signal?.aborted === true) close();
    signal?.addEventListener('abort', close, { once: true });
    return queue;
  }

  [Symbol.asyncIterator](): AsyncIterator<LifecycleEvent> {
    return this.stream();
  }
}

function attempt<TValue>(work: () => TValue): TValue | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
