/** Those who wait for something to become true. Whoever may have made it true tells them. */
export class Waiters {
  readonly #checks = new Set<() => void>();

  tell(): void {
    for (const check of this.#checks) {
      check();
    }
  }

  /** Resolves when it is done, or when any of the signals aborts. */
  until(isDone: () => boolean, signals: readonly AbortSignal[]): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isDone() && !signals.some(({ aborted }) => aborted)) {
          return;
        }
        this.#checks.delete(check);
        for (const signal of signals) {
          signal.removeEventListener('abort', check);
        }
        resolve();
      };
      this.#checks.add(check);
      for (const signal of signals) {
        signal.addEventListener('abort', check);
      }
      check();
    });
  }
}
