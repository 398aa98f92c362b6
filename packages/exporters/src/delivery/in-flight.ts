import type { Entry } from './bounded-queue.ts';

/** The entries of the batch that is being sent, until each of them is settled. */
export class InFlight<TPayload> {
  readonly #entries = new Set<Entry<TPayload>>();
  #batch: readonly Entry<TPayload>[] = [];

  get count(): number {
    return this.#entries.size;
  }

  get oldest(): Entry<TPayload> | undefined {
    const [first] = this.#entries;
    return first;
  }

  /** What of the batch is not settled. */
  get left(): readonly Entry<TPayload>[] {
    return [...this.#entries];
  }

  take(batch: readonly Entry<TPayload>[]): void {
    this.#batch = batch;
    for (const entry of batch) {
      this.#entries.add(entry);
    }
  }

  /** Takes out what is reported on. A report on what is not in flight comes too late, or twice: it does not count. */
  settle(reported: readonly Entry<TPayload>[]): readonly Entry<TPayload>[] {
    const settled: Entry<TPayload>[] = [];
    for (const entry of reported) {
      // What was sent may be a smaller copy of an entry.
      const own = this.#entries.has(entry) ? entry : this.#originalOf(entry);
      if (own !== undefined && this.#entries.delete(own)) {
        settled.push(own);
      }
    }
    return settled;
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Its place in the order of arrival and on disk is the same. */
  #originalOf({ sequence, ref }: Entry<TPayload>): Entry<TPayload> | undefined {
    return this.#batch.find(
      (entry) =>
        entry.sequence === sequence &&
        entry.ref?.segment === ref?.segment &&
        entry.ref?.ordinal === ref?.ordinal,
    );
  }
}
