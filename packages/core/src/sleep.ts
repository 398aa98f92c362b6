/** Waits, and rejects with the signal's reason where it is aborted first. */
export type Sleep = (millis: number, signal: AbortSignal) => Promise<void>;

export const sleep: Sleep = (millis, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, millis);
    signal.addEventListener('abort', stop, { once: true });
  });
