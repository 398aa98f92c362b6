import type { Rank } from '../delivery/bounded-queue.ts';
import type { Segment } from './segment.ts';

/**
 * The segments of one spool, the oldest first, and which of them go when there is no room. Entries of different ranks
 * stand in different segments, so that what tells of compactions can stay when ordinary spans have to leave.
 */
export class SegmentShelf {
  readonly #segments: Segment[] = [];

  get bytes(): number {
    return this.#sum((segment) => segment.bytes);
  }

  get parked(): number {
    return this.#sum((segment) => segment.parked);
  }

  get unsettled(): number {
    return this.#sum((segment) => segment.unsettled);
  }

  get all(): readonly Segment[] {
    return this.#segments;
  }

  has(segment: object): segment is Segment {
    return this.#segments.some((own) => own === segment);
  }

  oldestParked(): Segment | undefined {
    return this.#segments.find(({ parked }) => parked > 0);
  }

  /** Adds one that is written from now on. */
  add(segment: Segment): void {
    this.#segments.push(segment);
  }

  /** Adds one that was written before any that this process writes. */
  addOld(segment: Segment): void {
    const firstOpen = this.#segments.findIndex(({ isOpen }) => isOpen);
    this.#segments.splice(firstOpen === -1 ? this.#segments.length : firstOpen, 0, segment);
  }

  remove(segment: Segment): void {
    this.#segments.splice(this.#segments.indexOf(segment), 1);
  }

  /**
   * What has to leave for `bytes` more of `rank`, so that all are at most `maxBytes`: the oldest segments of the lowest
   * rank first, up to that rank. `undefined` where that is not enough: then nothing leaves, and the newcomer has no place.
   */
  leavingFor(bytes: number, rank: Rank, maxBytes: number): readonly Segment[] | undefined {
    let excess = this.bytes + bytes - maxBytes;
    if (excess <= 0) {
      return [];
    }
    const leaving: Segment[] = [];
    for (const segment of this.#segments.toSorted((left, right) => left.rank - right.rank)) {
      if (excess > 0 && segment.rank <= rank) {
        leaving.push(segment);
        excess -= segment.bytes;
      }
    }
    return excess > 0 ? undefined : leaving;
  }

  #sum(of: (segment: Segment) => number): number {
    let sum = 0;
    for (const segment of this.#segments) {
      sum += of(segment);
    }
    return sum;
  }
}
