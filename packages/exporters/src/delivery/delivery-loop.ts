import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { BoundedQueue } from './bounded-queue.ts';
import type { BatchLimit, Entry, Rank } from './bounded-queue.ts';
import type { Clock } from './clock.ts';
import type { OutageLog } from './outage-log.ts';
import { Pacer } from './pacer.ts';
import type { DropReason, SinkStats } from './sink-stats.ts';
import { Tally } from './tally.ts';

/** What a delivery reports, and how it waits. */
export interface DeliveryRun {
  readonly pacer: Pacer;
  readonly delivered: (count: number) => void;
  readonly dropped: (count: number, reason: DropReason) => void;
}

export type DeliveryLoopOptions<TPayload> = {
  readonly name: string;
  readonly clock: Clock;
  readonly log: OutageLog;
  readonly maxQueueBytes: number;
  /** A batch leaves at the latest when its oldest entry is so old. */
  readonly maxAgeMillis: number;
  /** Asked before each batch, since a receiver may turn out to take less. */
  readonly batchLimit: () => BatchLimit;
  /**
   * Sends one batch and reports on each of its entries; what it leaves unreported counts as dropped. It must
   * return soon after `run.pacer.signal` aborts.
   */
  readonly deliver: (batch: readonly Entry<TPayload>[], run: DeliveryRun) => Promise<void>;
  /** What a batch is dropped as when `deliver` leaves it unreported. */
  readonly unreported: DropReason;
};

/** Queues, seals batches by size and age, and delivers them one after the other, in order of arrival. */
export class DeliveryLoop<TPayload> {
  readonly #options: DeliveryLoopOptions<TPayload>;
  readonly #queue: BoundedQueue<TPayload>;
  readonly #pacer: Pacer;
  readonly #tally = new Tally();
  readonly #waiting = new Set<() => void>();
  #inFlight: { count: number; readonly oldest: number } = { count: 0, oldest: Infinity };
  #isRunning = false;
  #isClosed = false;

  constructor(options: DeliveryLoopOptions<TPayload>) {
    this.#options = options;
    this.#queue = new BoundedQueue(options.maxQueueBytes);
    this.#pacer = new Pacer(options.clock);
  }

  /** Takes charge of an entry. Returns at once. */
  offer(payload: TPayload, bytes: number, rank: Rank): void {
    this.#tally.emit();
    if (this.#isClosed) {
      this.#drop(1, 'shutdown');
      return;
    }
    const dropped = this.#queue.offer(payload, bytes, rank, this.#options.clock.now());
    if (dropped > 0) {
      this.#drop(dropped, 'queue_full');
      this.#options.log.dropped('queue_full', `more than ${this.#options.maxQueueBytes} bytes are waiting`);
    }
    this.#start();
    if (this.#isFull()) {
      this.#pacer.wake();
    }
  }

  /** Counts something that cannot even be queued. */
  refuse(reason: DropReason): void {
    this.#tally.emit();
    this.#drop(1, this.#isClosed ? 'shutdown' : reason);
  }

  async flush(signal: AbortSignal): Promise<void> {
    const last = this.#queue.newest;
    const calm = this.#pacer.hurry();
    await this.#until(() => this.#oldestPending() > last, signal);
    calm();
  }

  async shutdown(signal: AbortSignal): Promise<void> {
    this.#isClosed = true;
    await this.flush(signal);
    this.#pacer.stop();
    this.#drop(this.#queue.clear(), 'shutdown');
    this.#settle(this.#inFlight.count, (count) => this.#drop(count, 'shutdown'));
    this.#queue.release();
  }

  stats(): SinkStats {
    return this.#tally.stats(this.#options.name, {
      pending: this.#queue.count + this.#inFlight.count,
      pendingBytes: this.#queue.heldBytes,
    });
  }

  #start(): void {
    if (this.#isRunning) {
      return;
    }
    this.#isRunning = true;
    // Outside of whatever span is active: sending spans must not make spans, nor keep the caller's context alive.
    context.with(suppressTracing(ROOT_CONTEXT), () => {
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    while (this.#queue.count > 0) {
      await this.#untilDue();
      const batch = this.#queue.take(this.#options.batchLimit());
      if (batch.length > 0) {
        await this.#deliver(batch);
      }
    }
    this.#isRunning = false;
  }

  async #untilDue(): Promise<void> {
    if (this.#pacer.isHurried || this.#isFull()) {
      return;
    }
    const { clock, maxAgeMillis } = this.#options;
    const oldestAt = this.#queue.oldest?.at ?? clock.now();
    await this.#pacer.idle(oldestAt + maxAgeMillis - clock.now());
  }

  #isFull(): boolean {
    const { bytes, entryBytes, count } = this.#options.batchLimit();
    return this.#queue.count >= count || this.#queue.bytes + this.#queue.count * entryBytes >= bytes;
  }

  async #deliver(batch: readonly Entry<TPayload>[]): Promise<void> {
    this.#inFlight = { count: batch.length, oldest: batch[0]?.sequence ?? Infinity };
    try {
      await this.#options.deliver(batch, {
        pacer: this.#pacer,
        delivered: (count) => this.#settle(count, (settled) => this.#tally.deliver(settled)),
        dropped: (count, reason) => this.#settle(count, (settled) => this.#drop(settled, reason)),
      });
    } catch (error) {
      this.#options.log.broken(error);
    }
    const reason = this.#pacer.signal.aborted ? 'shutdown' : this.#options.unreported;
    this.#settle(this.#inFlight.count, (count) => this.#drop(count, reason));
    this.#queue.release();
    this.#tell();
  }

  /** A report on more than is in flight comes too late, or twice: the rest of it does not count. */
  #settle(count: number, report: (count: number) => void): void {
    const settled = Math.min(count, this.#inFlight.count);
    this.#inFlight.count -= settled;
    report(settled);
    this.#tell();
  }

  #drop(count: number, reason: DropReason): void {
    this.#tally.drop(count, reason);
    this.#tell();
  }

  #oldestPending(): number {
    const inFlight = this.#inFlight.count > 0 ? this.#inFlight.oldest : Infinity;
    return Math.min(inFlight, this.#queue.oldest?.sequence ?? Infinity);
  }

  #tell(): void {
    for (const check of this.#waiting) {
      check();
    }
  }

  #until(isDone: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (isDone() || signal.aborted) {
          this.#waiting.delete(check);
          signal.removeEventListener('abort', check);
          resolve();
        }
      };
      this.#waiting.add(check);
      signal.addEventListener('abort', check);
      check();
    });
  }
}
