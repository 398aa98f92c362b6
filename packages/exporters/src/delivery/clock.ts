/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once, after so many milliseconds. Returns what cancels it. */
  after(millis: number, callback: () => void): () => void;
}

/** The system's. Its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: Date.now,
  after: (millis, callback) => {
    const timer = setTimeout(callback, millis);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
