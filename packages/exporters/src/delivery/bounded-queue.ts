/** Who leaves first when memory is short: rank 0 before 1 before 2. */
export type Rank = 0 | 1 | 2;

export type Entry<TPayload> = {
  readonly payload: TPayload;
  readonly bytes: number;
  readonly rank: Rank;
  /** When it came, in epoch milliseconds. */
  readonly at: number;
  /** Its place in the order of arrival. */
  readonly sequence: number;
};

/** How much fits into one batch. `entryBytes` is what each entry costs besides its own bytes. */
export type BatchLimit = { readonly bytes: number; readonly entryBytes: number; readonly count: number };

/**
 * Entries in order of arrival, bounded in bytes. What was taken weighs until it is released, so that a batch on
 * its way counts too.
 *
 * When a newcomer does not fit, the oldest entries of the lowest rank leave for it, up to its own rank; where that
 * is not enough, the newcomer is refused.
 */
export class BoundedQueue<TPayload> {
  readonly #maxBytes: number;
  readonly #lanes = [new Lane<TPayload>(), new Lane<TPayload>(), new Lane<TPayload>()] as const;
  #takenBytes = 0;
  #sequence = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Entries that wait. */
  get count(): number {
    const [low, middle, high] = this.#lanes;
    return low.count + middle.count + high.count;
  }

  /** Bytes of the entries that wait. */
  get bytes(): number {
    const [low, middle, high] = this.#lanes;
    return low.bytes + middle.bytes + high.bytes;
  }

  /** Bytes of the entries that wait and of those that were taken. */
  get heldBytes(): number {
    return this.bytes + this.#takenBytes;
  }

  /** The sequence of the newest entry that ever came. */
  get newest(): number {
    return this.#sequence;
  }

  get oldest(): Entry<TPayload> | undefined {
    return this.#oldestLane()?.first;
  }

  /** Adds an entry. Returns how many were dropped for it, or 1 if it was refused itself. */
  offer(payload: TPayload, bytes: number, rank: Rank, at: number): number {
    this.#sequence += 1;
    const below = this.#lanes.slice(0, rank + 1);
    const excess = this.heldBytes + bytes - this.#maxBytes;
    if (excess > sum(below.map((lane) => lane.bytes))) {
      return 1;
    }
    let dropped = 0;
    while (this.heldBytes + bytes > this.#maxBytes) {
      below.find((lane) => lane.count > 0)?.shift();
      dropped += 1;
    }
    this.#lanes[rank].push({ payload, bytes, rank, at, sequence: this.#sequence });
    return dropped;
  }

  /** Takes the oldest entries that fit together: at least one, if there is one. */
  take(limit: BatchLimit): readonly Entry<TPayload>[] {
    const batch: Entry<TPayload>[] = [];
    let room = limit.bytes;
    for (let lane = this.#oldestLane(); lane !== undefined; lane = this.#oldestLane()) {
      const entry = lane.first;
      room -= (entry?.bytes ?? 0) + limit.entryBytes;
      if (entry === undefined || (batch.length > 0 && (room < 0 || batch.length >= limit.count))) {
        break;
      }
      lane.shift();
      batch.push(entry);
      this.#takenBytes += entry.bytes;
    }
    return batch;
  }

  /** Forgets the weight of what was taken. */
  release(): void {
    this.#takenBytes = 0;
  }

  /** Empties the queue. Returns how many entries were in it. */
  clear(): number {
    return sum(this.#lanes.map((lane) => lane.clear()));
  }

  #oldestLane(): Lane<TPayload> | undefined {
    let oldest: Lane<TPayload> | undefined;
    for (const lane of this.#lanes) {
      if ((lane.first?.sequence ?? Infinity) < (oldest?.first?.sequence ?? Infinity)) {
        oldest = lane;
      }
    }
    return oldest;
  }
}

/** First in, first out. */
class Lane<TPayload> {
  bytes = 0;
  #entries: (Entry<TPayload> | undefined)[] = [];
  #head = 0;

  get count(): number {
    return this.#entries.length - this.#head;
  }

  get first(): Entry<TPayload> | undefined {
    return this.#entries[this.#head];
  }

  push(entry: Entry<TPayload>): void {
    this.#entries.push(entry);
    this.bytes += entry.bytes;
  }

  shift(): void {
    this.bytes -= this.first?.bytes ?? 0;
    // What was passed must not be kept alive. The empty places go only now and then, which keeps this cheap.
    this.#entries[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > 64 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }

  clear(): number {
    const { count } = this;
    this.#entries = [];
    this.#head = 0;
    this.bytes = 0;
    return count;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
