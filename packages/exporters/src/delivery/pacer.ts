import type { Clock } from './clock.ts';

/** The waiting of one delivery loop, which others may cut short. */
export class Pacer {
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  readonly #idlers = new Set<() => void>();
  readonly #backOffs = new Set<() => void>();
  #hurries = 0;
  #isClosing = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Aborts when the loop is stopped. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Somebody waits for the loop to be done. */
  get isHurried(): boolean {
    return this.#hurries > 0;
  }

  /** What is done now is the last. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  close(): void {
    this.#isClosing = true;
  }

  /** Waits for more to come: ends early at {@link wake}, {@link hurry} or {@link stop}. */
  async idle(millis: number): Promise<void> {
    await this.#pause(millis, this.#idlers);
  }

  /** Waits after a failure, which more work must not cut short: ends early at {@link hurry} or {@link stop}. */
  async backOff(millis: number): Promise<void> {
    await this.#pause(millis, this.#backOffs);
  }

  /** Waits as the receiver asked for: ends early only at {@link stop}. */
  async wait(millis: number): Promise<void> {
    await this.#pause(millis, new Set());
  }

  /** There is enough to do. */
  wake(): void {
    endAll(this.#idlers);
  }

  /** Somebody waits, until the returned function is called. */
  hurry(): () => void {
    this.#hurries += 1;
    endAll(this.#idlers);
    endAll(this.#backOffs);
    return () => {
      this.#hurries -= 1;
    };
  }

  stop(): void {
    this.#stop.abort();
  }

  #pause(millis: number, among: Set<() => void>): Promise<void> {
    const { signal } = this;
    if (millis <= 0 || signal.aborted) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        among.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.#clock.after(millis, end);
      among.add(end);
      signal.addEventListener('abort', end);
    });
  }
}

function endAll(pauses: ReadonlySet<() => void>): void {
  for (const end of pauses) {
    end();
  }
}
