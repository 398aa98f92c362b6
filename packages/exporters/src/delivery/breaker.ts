/** After so many failures in a row a batch is no longer sent to see whether the receiver is back. */
const failuresToOpen = 5;

export type BreakerState = 'closed' | 'open' | 'half_open';

/** Whether a receiver is worth a batch. Closed: yes. Open: ask it how it is. Half open: it says well; one batch tells. */
export class Breaker {
  #failures = 0;
  #state: BreakerState = 'closed';

  get state(): BreakerState {
    return this.#state;
  }

  /** Attempts that failed since the last success. */
  get failures(): number {
    return this.#failures;
  }

  /** `isCertain`: asking again will not help soon. */
  failed(isCertain = false): void {
    this.#failures += 1;
    if (isCertain || this.#state === 'half_open' || this.#failures >= failuresToOpen) {
      this.#state = 'open';
    }
  }

  /** The receiver says that it is well, or there is no other way to find out. */
  halfOpen(): void {
    if (this.#state === 'open') {
      this.#state = 'half_open';
    }
  }

  succeeded(): void {
    this.#failures = 0;
    this.#state = 'closed';
  }
}
