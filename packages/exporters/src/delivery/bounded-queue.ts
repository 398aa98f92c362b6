import type { SpoolRef } from './spool-ref.ts';

/** Who leaves first when memory is short: rank 0 before 1 before 2. */
export type Rank = 0 | 1 | 2;

export type Entry<TPayload> = {
  readonly payload: TPayload;
  readonly bytes: number;
  readonly rank: Rank;
  /** When it came, in epoch milliseconds. */
  readonly at: number;
  /** Its place in the order of arrival; 0 for what came back from disk. */
  readonly sequence: number;
  /** Where it stands on disk. */
  readonly ref?: SpoolRef | undefined;
};

/** What comes into the queue. */
export type Arrival<TPayload> = Omit<Entry<TPayload>, 'sequence'>;

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

  /** Whether so much more fits without anything leaving. */
  hasRoom(bytes: number): boolean {
    return this.heldBytes + bytes <= this.#maxBytes;
  }

  /** Adds an entry. Returns those that left for it, or itself if it was refused. */
  offer(arrival: Arrival<TPayload>): readonly Arrival<TPayload>[] {
    const { bytes, rank } = arrival;
    this.#sequence += 1;
    if (this.hasRoom(bytes)) {
      this.#lanes[rank].push(entryOf(arrival, this.#sequence));
      return [];
    }
    const below = this.#lanes.slice(0, rank + 1);
    const excess = this.heldBytes + bytes - this.#maxBytes;
    if (excess > sum(below.map((lane) => lane.bytes))) {
      return [arrival];
    }
    const left: Arrival<TPayload>[] = [];
    while (!this.hasRoom(bytes)) {
      const lane = below.find(({ count }) => count > 0);
      if (lane?.first !== undefined) {
        left.push(lane.first);
        lane.shift();
      }
    }
    this.#lanes[rank].push(entryOf(arrival, this.#sequence));
    return left;
  }

  /** Takes back what stood on disk, whatever the bound: whoever reads it reads little at a time. */
  restore(arrival: Arrival<TPayload>): void {
    this.#lanes[arrival.rank].push(entryOf(arrival, 0));
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

  /** Empties the queue. Returns what was in it. */
  clear(): readonly Entry<TPayload>[] {
    return this.#lanes.flatMap((lane) => lane.clear());
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

/** Field by field: a spread of it costs several times as much, for every span. */
function entryOf<TPayload>(
  { payload, bytes, rank, at, ref }: Arrival<TPayload>,
  sequence: number,
): Entry<TPayload> {
  return { payload, bytes, rank, at, sequence, ref };
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

  clear(): readonly Entry<TPayload>[] {
    const entries = this.#entries.filter((entry) => entry !== undefined);
    this.#entries = [];
    this.#head = 0;
    this.bytes = 0;
    return entries;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
