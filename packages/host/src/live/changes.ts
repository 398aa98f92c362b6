/**
 * Tells waiting readers that the store has grown. It carries no data: each reader reads on from its own cursor,
 * so nothing is queued for a slow one, and a missed announcement costs nothing.
 */
export class Changes {
  readonly #waiting = new Set<() => void>();

  announce(): void {
    for (const wake of this.#waiting) wake();
  }

  /**
   * Resolves at the next announcement, after `timeoutMillis`, or when `signal` aborts. To miss nothing, call it
   * in the same tick as the read that found nothing.
   */
  wait(timeoutMillis: number, signal: AbortSignal): Promise<'changed' | 'timeout' | 'aborted'> {
    if (signal.aborted) return Promise.resolve('aborted');
    return new Promise((resolve) => {
      const settle = (result: 'changed' | 'timeout' | 'aborted'): void => {
        clearTimeout(timer);
        this.#waiting.delete(onChange);
        signal.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const onChange = (): void => settle('changed');
      const onAbort = (): void => settle('aborted');
      const timer = setTimeout(settle, timeoutMillis, 'timeout');
      this.#waiting.add(onChange);
      signal.addEventListener('abort', onAbort);
    });
  }
}
