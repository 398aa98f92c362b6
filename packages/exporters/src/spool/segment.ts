import { appendFileSync, closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Arrival, Rank } from '../delivery/bounded-queue.ts';
import type { EncodedSpan } from '../delivery/encoded-span.ts';
import { entryRecord, groupRecord, readRecords } from './record.ts';

const parkedState = 1;
const heldState = 2;
const settledState = 3;

/**
 * A file of entries that is only added to, and beside it a file of the numbers of those that are settled. Both go when
 * all are: nothing else has to be kept in step with them. Methods that touch the disk throw what it throws.
 */
export class Segment {
  readonly path: string;
  /** The highest of the ranks in it. */
  readonly rank: Rank;
  bytes = 0;
  parked = 0;
  #unsettled = 0;
  #states: number[] = [];
  #groups: Buffer[] = [];
  #file: number | undefined;

  /** A new one, open for writing; `path` must not exist. */
  static create(path: string, rank: Rank): Segment {
    const segment = new Segment(path, rank);
    segment.#file = openSync(path, 'ax', 0o600);
    return segment;
  }

  /** One that another process wrote. All that is not settled is parked. */
  static async adopt(path: string): Promise<{ segment: Segment; tornBytes: number }> {
    const file = await readFile(path);
    const { entries, tornBytes } = readRecords(file);
    const segment = new Segment(path, highest(entries));
    segment.bytes = file.length;
    segment.#states = entries.map(() => parkedState);
    for (const ordinal of readAcks(path)) {
      if (ordinal < entries.length) {
        segment.#states[ordinal] = settledState;
      }
    }
    segment.parked = segment.#states.filter((state) => state === parkedState).length;
    segment.#unsettled = segment.parked;
    return { segment, tornBytes };
  }

  private constructor(path: string, rank: Rank) {
    this.path = path;
    this.rank = rank;
  }

  /** Whether it is written to. */
  get isOpen(): boolean {
    return this.#file !== undefined;
  }

  get unsettled(): number {
    return this.#unsettled;
  }

  /** Adds an entry, held. Returns its number. What was half written when the disk was full is taken back. */
  append(entry: Arrival<EncodedSpan>): number {
    const groupNumber = this.#numberOf(entry.payload.group);
    this.#write(entryRecord(entry, groupNumber));
    this.#unsettled += 1;
    return this.#states.push(heldState) - 1;
  }

  park(ordinal: number): void {
    if (this.#states[ordinal] === heldState) {
      this.#states[ordinal] = parkedState;
      this.parked += 1;
    }
  }

  /** What is parked, held from now on. */
  async take(): Promise<readonly { readonly entry: Arrival<EncodedSpan>; readonly ordinal: number }[]> {
    const { entries } = readRecords(await readFile(this.path));
    const taken = entries
      .map((entry, ordinal) => ({ entry, ordinal }))
      .filter(({ ordinal }) => this.#states[ordinal] === parkedState);
    for (const { ordinal } of taken) {
      this.#states[ordinal] = heldState;
    }
    // What is parked but cannot be read any more would be asked for again and again.
    this.parked = 0;
    return taken;
  }

  /** Returns how many were not settled before. */
  settle(ordinals: readonly number[]): number {
    const fresh = ordinals.filter((ordinal) => {
      const state = this.#states[ordinal];
      return state === heldState || state === parkedState;
    });
    for (const ordinal of fresh) {
      this.parked -= this.#states[ordinal] === parkedState ? 1 : 0;
      this.#states[ordinal] = settledState;
    }
    this.#unsettled -= fresh.length;
    if (this.#unsettled > 0 && fresh.length > 0) {
      const numbers = Buffer.alloc(4 * fresh.length);
      for (const [index, ordinal] of fresh.entries()) {
        numbers.writeUInt32LE(ordinal, 4 * index);
      }
      appendFileSync(acksOf(this.path), numbers, { mode: 0o600 });
    }
    return fresh.length;
  }

  /** Everything in it is settled: it is as good as new. */
  clear(): void {
    if (this.#file !== undefined && this.bytes > 0) {
      rmSync(acksOf(this.path), { force: true });
      ftruncateSync(this.#file, 0);
      this.bytes = 0;
      this.#states = [];
      this.#groups = [];
    }
  }

  /** No more is added. */
  seal(): void {
    if (this.#file !== undefined) {
      closeSync(this.#file);
      this.#file = undefined;
    }
  }

  remove(): void {
    this.seal();
    rmSync(this.path, { force: true });
    rmSync(acksOf(this.path), { force: true });
  }

  /** The number of a group in this file, from 1; 0 is none. One that is new is written down first. */
  #numberOf(group: Buffer): number {
    const known = this.#groups.indexOf(group);
    if (known !== -1 || group.length === 0) {
      return known + 1;
    }
    this.#write(groupRecord(group));
    return this.#groups.push(group);
  }

  #write(record: Buffer): void {
    if (this.#file === undefined) {
      throw new Error('the segment is sealed');
    }
    const { length } = record;
    let written = 0;
    try {
      written = writeSync(this.#file, record);
    } finally {
      if (written !== length) {
        ftruncateSync(this.#file, this.bytes);
      }
    }
    if (written !== length) {
      throw new Error(`wrote ${written} of ${length} bytes`);
    }
    this.bytes += length;
  }
}

function highest(entries: readonly Arrival<EncodedSpan>[]): Rank {
  let rank: Rank = 0;
  for (const entry of entries) {
    rank = entry.rank > rank ? entry.rank : rank;
  }
  return rank;
}

function acksOf(path: string): string {
  return `${path}.acks`;
}

function readAcks(path: string): readonly number[] {
  let file: Buffer;
  try {
    file = readFileSync(acksOf(path));
  } catch {
    return [];
  }
  return Array.from({ length: Math.floor(file.length / 4) }, (_, index) => file.readUInt32LE(4 * index));
}
