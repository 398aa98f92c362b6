import { mkdirSync, rmdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Arrival, Entry, Rank } from '../delivery/bounded-queue.ts';
import type { Clock } from '../delivery/clock.ts';
import type { EncodedSpan } from '../delivery/encoded-span.ts';
import type { OutageLog } from '../delivery/outage-log.ts';
import type { SpoolPort } from '../delivery/spool-port.ts';
import type { SpoolRef } from '../delivery/spool-ref.ts';
import { takeOrphans } from './orphans.ts';
import { folderName, thisOwner } from './owner.ts';
import { Segment } from './segment.ts';
import { SegmentShelf } from './segment-shelf.ts';

export type SpoolOptions = {
  /** The folder of one sink. Each process has one of its own in it. */
  readonly path: string;
  /** The bound on disk, in bytes; beyond it the oldest segment of the lowest rank is given up. */
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly log: OutageLog;
  readonly onEvicted: (count: number) => void;
};

/** After the disk refused, it is not asked again for so long. */
const pauseMillis = 1000;
const maxSegmentBytes = 1024 * 1024;
/** The folder's time tells others that its owner lives. */
const touchMillis = 60_000;

/** Folders that this process has open. */
const open = new Set<string>();
let serial = 0;

/**
 * Entries in files, so that what is not delivered survives the end of the process, however it comes. Each is written
 * with one call when it comes, without waiting for the disk itself: what the kernel has taken survives `kill -9`, not
 * a loss of power.
 */
export class Spool implements SpoolPort<EncodedSpan> {
  readonly #options: SpoolOptions;
  readonly #path: string;
  readonly #segmentBytes: number;
  readonly #shelf = new SegmentShelf();
  /** The segment that is written to, of each rank. */
  readonly #active = new Map<Rank, Segment>();
  #count = 0;
  #isMade = false;
  #retryAt = -Infinity;
  #touchedAt = -Infinity;

  constructor(options: SpoolOptions) {
    this.#options = options;
    serial += 1;
    this.#path = join(options.path, folderName(thisOwner(), String(serial)));
    this.#segmentBytes = Math.min(maxSegmentBytes, Math.ceil(options.maxBytes / 8));
    open.add(this.#path);
  }

  get parked(): number {
    return this.#shelf.parked;
  }

  get unsettled(): number {
    return this.#shelf.unsettled;
  }

  async adopt(): Promise<number> {
    const paths = await takeOrphans({
      path: this.#options.path,
      into: this.#path,
      make: () => this.#make(),
      isOpen: (folder) => open.has(folder),
      now: this.#options.clock.now(),
    });
    let adopted = 0;
    for (const path of paths) {
      adopted += await this.#adoptSegment(path);
    }
    this.#makeRoom(0, 2);
    return adopted;
  }

  write(entry: Arrival<EncodedSpan>): SpoolRef | undefined {
    const now = this.#options.clock.now();
    // A clock that was set back must not make this wait for longer.
    if (now < this.#retryAt && now > this.#retryAt - 2 * pauseMillis) {
      return undefined;
    }
    try {
      if (!this.#makeRoom(entry.bytes, entry.rank)) {
        return undefined;
      }
      const segment = this.#writable(entry.rank);
      const ordinal = segment.append(entry);
      this.#touch(now);
      return { segment, ordinal };
    } catch (error) {
      this.#retryAt = now + pauseMillis;
      this.#options.log.spoolFailed(error);
      return undefined;
    }
  }

  park({ segment, ordinal }: SpoolRef): void {
    if (this.#shelf.has(segment)) {
      segment.park(ordinal);
    } else {
      this.#options.onEvicted(1);
    }
  }

  async read(): Promise<readonly Arrival<EncodedSpan>[]> {
    const segment = this.#shelf.oldestParked();
    if (segment === undefined) {
      return [];
    }
    const expected = segment.parked;
    try {
      const taken = await segment.take();
      this.#giveUp(segment, expected - taken.length);
      return taken.map(({ entry, ordinal }) => ({ ...entry, ref: { segment, ordinal } }));
    } catch (error) {
      this.#options.log.spoolFailed(error);
      this.#forget(segment);
      return [];
    }
  }

  settle(entries: readonly Entry<EncodedSpan>[]): void {
    const bySegment = new Map<object, number[]>();
    for (const { ref } of entries) {
      if (ref !== undefined) {
        const ordinals = bySegment.get(ref.segment);
        if (ordinals === undefined) bySegment.set(ref.segment, [ref.ordinal]);
        else ordinals.push(ref.ordinal);
      }
    }
    for (const [segment, ordinals] of bySegment) {
      if (this.#shelf.has(segment)) {
        this.#quietly(() => {
          segment.settle(ordinals);
          this.#tidy(segment);
        });
      }
    }
  }

  close(): number {
    const left = this.unsettled;
    for (const segment of this.#shelf.all) {
      this.#quietly(() => (segment.unsettled === 0 ? segment.remove() : segment.seal()));
    }
    open.delete(this.#path);
    if (left === 0 && this.#isMade) {
      this.#quietly(() => rmSync(this.#path, { recursive: true, force: true }));
      try {
        // Only where no other process and no quarantine is in it.
        rmdirSync(this.#options.path);
      } catch {
        // Then it stays.
      }
    }
    return left;
  }

  /** One that cannot be read stops nothing. */
  async #adoptSegment(path: string): Promise<number> {
    try {
      const { segment, tornBytes } = await Segment.adopt(path);
      if (tornBytes > 0) {
        this.#options.log.torn(path, tornBytes);
      }
      if (segment.unsettled === 0) {
        segment.remove();
        return 0;
      }
      this.#shelf.addOld(segment);
      return segment.unsettled;
    } catch (error) {
      this.#options.log.spoolFailed(error);
      return 0;
    }
  }

  #writable(rank: Rank): Segment {
    const active = this.#active.get(rank);
    if (active !== undefined && active.bytes < this.#segmentBytes) {
      return active;
    }
    if (active !== undefined) {
      active.seal();
      this.#active.delete(rank);
      this.#tidy(active);
    }
    this.#make();
    this.#count += 1;
    const path = join(this.#path, `${String(this.#count).padStart(8, '0')}.spool`);
    const segment = Segment.create(path, rank);
    this.#active.set(rank, segment);
    this.#shelf.add(segment);
    return segment;
  }

  /** Lets go what has to leave for so much more. Returns whether there is room then. */
  #makeRoom(bytes: number, rank: Rank): boolean {
    const leaving = this.#shelf.leavingFor(bytes, rank, this.#options.maxBytes);
    for (const segment of leaving ?? []) {
      this.#forget(segment);
    }
    return leaving !== undefined;
  }

  /** What of it is in memory too may still arrive; what is on disk only is lost. */
  #forget(segment: Segment): void {
    this.#shelf.remove(segment);
    if (this.#active.get(segment.rank) === segment) {
      this.#active.delete(segment.rank);
    }
    this.#quietly(() => segment.remove());
    this.#giveUp(segment, segment.parked);
  }

  #giveUp({ path }: Segment, count: number): void {
    if (count > 0) {
      this.#options.log.dropped('spool_full', `the oldest of the spool had to go: ${path}`);
      this.#options.onEvicted(count);
    }
  }

  #tidy(segment: Segment): void {
    if (segment.unsettled > 0) {
      return;
    }
    if (segment === this.#active.get(segment.rank)) {
      segment.clear();
    } else {
      segment.remove();
      this.#shelf.remove(segment);
    }
  }

  #make(): void {
    if (!this.#isMade) {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 });
      this.#isMade = true;
    }
  }

  #touch(now: number): void {
    if (Math.abs(now - this.#touchedAt) > touchMillis) {
      this.#touchedAt = now;
      utimesSync(this.#path, now / 1000, now / 1000);
    }
  }

  #quietly(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.log.spoolFailed(error);
    }
  }
}
