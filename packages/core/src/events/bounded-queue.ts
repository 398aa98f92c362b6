/**
 * A queue between somebody who never waits and a reader who may: of what is not read in time, the oldest leaves.
 * Ends once `close` was called and what it holds is read.
 */
export class BoundedQueue<TValue> implements AsyncIterableIterator<TValue> {
  readonly #capacity: number;
  readonly #onClose: () => void;
  readonly #values: TValue[] = [];
  #waiting: ((result: IteratorResult<TValue>) => void)[] = [];
  #isClosed = false;

  constructor(capacity: number, onClose: () => void) {
    this.#capacity = capacity;
    this.#onClose = onClose;
  }

  push(value: TValue): void {
    if (this.#isClosed) return;
    const reader = this.#waiting.shift();
    if (reader !== undefined) return reader({ done: false, value });
    this.#values.push(value);
    if (this.#values.length > this.#capacity) this.#values.shift();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const reader of this.#waiting.splice(0)) reader({ done: true, value: undefined });
    this.#onClose();
  }

  next(): Promise<IteratorResult<TValue>> {
    const [value] = this.#values;
    if (value !== undefined) {
      this.#values.shift();
      return Promise.resolve({ done: false, value });
    }
    if (this.#isClosed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The reader leaves: what it has not read is nobody's. */
  return(): Promise<IteratorResult<TValue>> {
    this.#values.length = 0;
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
