import type { DropReason, SinkStats } from './sink-stats.ts';

/** Counts what became of what came. */
export class Tally {
  #emitted = 0;
  #delivered = 0;
  readonly #dropped: Partial<Record<DropReason, number>> = {};

  emit(count = 1): void {
    this.#emitted += count;
  }

  deliver(count: number): void {
    this.#delivered += count;
  }

  drop(count: number, reason: DropReason): void {
    if (count > 0) {
      this.#dropped[reason] = (this.#dropped[reason] ?? 0) + count;
    }
  }

  /** `pending` comes from whoever holds what is pending: the sum of them is a check, not a definition. */
  stats(
    name: string,
    pending: Pick<SinkStats, 'pending' | 'pendingBytes' | 'pendingOnDisk' | 'spooled'>,
  ): SinkStats {
    return {
      name,
      emitted: this.#emitted,
      delivered: this.#delivered,
      dropped: { ...this.#dropped },
      ...pending,
    };
  }
}
