import type { Clock } from '../delivery/clock.ts';

/** A clock that moves when it is told to. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  now(): number {
    return this.#now;
  }

  after(millis: number, callback: () => void): () => void {
    const timer = { at: this.#now + millis, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves on, rings what is due, and lets what hangs on it happen. */
  async advance(millis: number): Promise<void> {
    this.#now += millis;
    const due = [...this.#timers].filter(({ at }) => at <= this.#now);
    for (const timer of due.toSorted((left, right) => left.at - right.at)) {
      this.#timers.delete(timer);
      timer.callback();
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
