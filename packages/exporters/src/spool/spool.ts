import { mkdirSync, rmdirSync, rmSync, utimesSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrival, Entry } from '../delivery/bounded-queue.ts';
import type { Clock } from '../delivery/clock.ts';
import type { EncodedSpan } from '../delivery/encoded-span.ts';
import type { OutageLog } from '../delivery/outage-log.ts';
import type { SpoolPort } from '../delivery/spool-port.ts';
import type { SpoolRef } from '../delivery/spool-ref.ts';
import { folderName, isGone, isOwn, ownerOf, thisOwner } from './owner.ts';
import { Segment } from './segment.ts';

export type SpoolOptions = {
  /** The folder of one sink. Each process has one of its own in it. */
  readonly path: string;
  /** The bound on disk, in bytes; beyond it the oldest segment is given up. */
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

/** Folders that this process has open: it lives, so that its name alone would not tell. */
const open = new Set<string>();
let serial = 0;

/**
 * Entries in files, so that what is not delivered survives the end of the process, however it comes. Each is written
 * with one call when it comes, without waiting for the disk itself: what the kernel has taken survives `kill -9`, not
 * a loss of power.
 */
export class Spool implements SpoolPort<EncodedSpan> {
  readonly #options: SpoolOptions;
  readonly #name: string;
  readonly #path: string;
  readonly #segmentBytes: number;
  /** The oldest first; the last may be open for writing. */
  readonly #segments: Segment[] = [];
  #active: Segment | undefined;
  #count = 0;
  #isMade = false;
  #retryAt = -Infinity;
  #touchedAt = -Infinity;

  constructor(options: SpoolOptions) {
    this.#options = options;
    serial += 1;
    this.#name = folderName(thisOwner(), String(serial));
    this.#path = join(options.path, this.#name);
    this.#segmentBytes = Math.min(maxSegmentBytes, Math.ceil(options.maxBytes / 8));
    open.add(this.#path);
  }

  get parked(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.parked, 0);
  }

  get unsettled(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.unsettled, 0);
  }

  async adopt(): Promise<number> {
    let adopted = 0;
    for (const folder of await foldersIn(this.#options.path)) {
      adopted += await this.#adoptFolder(folder);
    }
    this.#evict(0);
    return adopted;
  }

  write(entry: Arrival<EncodedSpan>): SpoolRef | undefined {
    const now = this.#options.clock.now();
    // A clock that was set back must not make this wait for longer.
    if (now < this.#retryAt && now > this.#retryAt - 2 * pauseMillis) {
      return undefined;
    }
    try {
      this.#evict(entry.bytes);
      const segment = this.#writable();
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
    if (segment instanceof Segment && this.#segments.includes(segment)) {
      segment.park(ordinal);
    } else {
      this.#options.onEvicted(1);
    }
  }

  async read(): Promise<readonly Arrival<EncodedSpan>[]> {
    const segment = this.#segments.find(({ parked }) => parked > 0);
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
      this.#forget(segment, segment.parked);
      return [];
    }
  }

  settle(entries: readonly Entry<EncodedSpan>[]): void {
    const bySegment = new Map<object, number[]>();
    for (const { ref } of entries) {
      if (ref !== undefined) {
        const ordinals = bySegment.get(ref.segment) ?? [];
        ordinals.push(ref.ordinal);
        bySegment.set(ref.segment, ordinals);
      }
    }
    for (const [segment, ordinals] of bySegment) {
      if (segment instanceof Segment && this.#segments.includes(segment)) {
        this.#quietly(() => {
          segment.settle(ordinals);
          this.#tidy(segment);
        });
      }
    }
  }

  close(): number {
    const left = this.unsettled;
    for (const segment of this.#segments) {
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

  async #adoptFolder(name: string): Promise<number> {
    const { path, clock } = this.#options;
    const from = join(path, name);
    const owner = ownerOf(name);
    if (owner === undefined || open.has(from) || !(isOwn(owner) || isGone(owner, from, clock.now()))) {
      return 0;
    }
    try {
      this.#make();
      // Only one process can rename it: whoever does owns it from then on.
      const to = join(this.#path, `from-${name}`);
      await rename(from, to);
      return await this.#adoptFiles(to);
    } catch {
      return 0;
    }
  }

  async #adoptFiles(folder: string): Promise<number> {
    let adopted = 0;
    for (const file of (await readdir(folder, { withFileTypes: true })).toSorted(byName)) {
      const path = join(folder, file.name);
      if (file.isDirectory()) {
        adopted += await this.#adoptFiles(path);
      } else if (file.name.endsWith('.spool')) {
        adopted += await this.#adoptSegment(path);
      }
    }
    return adopted;
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
      const own = this.#segments.indexOf(this.#active ?? segment);
      this.#segments.splice(own === -1 ? this.#segments.length : own, 0, segment);
      return segment.unsettled;
    } catch (error) {
      this.#options.log.spoolFailed(error);
      return 0;
    }
  }

  #writable(): Segment {
    if (this.#active !== undefined && this.#active.bytes >= this.#segmentBytes) {
      this.#active.seal();
      const full = this.#active;
      this.#active = undefined;
      this.#tidy(full);
    }
    if (this.#active === undefined) {
      this.#make();
      this.#count += 1;
      this.#active = Segment.create(join(this.#path, `${String(this.#count).padStart(8, '0')}.spool`));
      this.#segments.push(this.#active);
    }
    return this.#active;
  }

  /** Lets the oldest segments go until so much more fits. */
  #evict(bytes: number): void {
    let total = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    for (let [oldest] = this.#segments; oldest !== undefined; [oldest] = this.#segments) {
      if (total + bytes <= this.#options.maxBytes) {
        return;
      }
      total -= oldest.bytes;
      // What of it is in memory too may still arrive.
      this.#forget(oldest, oldest.parked);
    }
  }

  #forget(segment: Segment, lost: number): void {
    this.#segments.splice(this.#segments.indexOf(segment), 1);
    if (this.#active === segment) {
      this.#active = undefined;
    }
    this.#quietly(() => segment.remove());
    this.#giveUp(segment, lost);
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
    if (segment === this.#active) {
      segment.clear();
    } else {
      segment.remove();
      this.#segments.splice(this.#segments.indexOf(segment), 1);
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

async function foldersIn(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  } catch {
    // There is none yet.
    return [];
  }
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : 1;
}
