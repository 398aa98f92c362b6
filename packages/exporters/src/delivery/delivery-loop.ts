import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { BoundedQueue } from './bounded-queue.ts';
import type { BatchLimit, Entry, Rank } from './bounded-queue.ts';
import type { Clock } from './clock.ts';
import { InFlight } from './in-flight.ts';
import type { OutageLog } from './outage-log.ts';
import { Pacer } from './pacer.ts';
import type { DropReason, SinkStats } from './sink-stats.ts';
import type { SpoolPort } from './spool-port.ts';
import { Tally } from './tally.ts';
import { Waiters } from './waiters.ts';

/** What a delivery reports, and how it waits. */
export interface DeliveryRun<TPayload> {
  readonly pacer: Pacer;
  /** They arrived, but for `rejected` of them, which are dropped. */
  readonly delivered: (entries: readonly Entry<TPayload>[], rejected?: number) => void;
  readonly dropped: (entries: readonly Entry<TPayload>[], reason: DropReason) => void;
  /** One request was answered, or was not. */
  readonly attempted: (outcome: string, millis: number) => void;
}

export type DeliveryLoopOptions<TPayload> = {
  readonly name: string;
  readonly clock: Clock;
  readonly log: OutageLog;
  readonly maxQueueBytes: number;
  /** A batch leaves at the latest when its oldest entry is so old. */
  readonly maxAgeMillis: number;
  /** The same where an entry of a rank above 0 waits: somebody may be looking at the screen. Default: the same. */
  readonly urgentAgeMillis?: number;
  /** Asked before each batch, since a receiver may turn out to take less. */
  readonly batchLimit: () => BatchLimit;
  /**
   * Sends one batch and reports on each of its entries; what it leaves unreported counts as dropped. It must
   * return soon after `run.pacer.signal` aborts.
   */
  readonly deliver: (batch: readonly Entry<TPayload>[], run: DeliveryRun<TPayload>) => Promise<void>;
  /** What a batch is dropped as when `deliver` leaves it unreported. */
  readonly unreported: DropReason;
  /** Keeps everything on disk until it is settled. It tells `onEvicted` of what it had to give up. */
  readonly spool?: ((onEvicted: (count: number) => void) => SpoolPort<TPayload>) | undefined;
  readonly onAttempt?: ((outcome: string, millis: number) => void) | undefined;
};

/** Queues, seals batches by size and age, and delivers them one after the other, in order of arrival. */
export class DeliveryLoop<TPayload> {
  readonly #options: DeliveryLoopOptions<TPayload>;
  readonly #queue: BoundedQueue<TPayload>;
  readonly #spool: SpoolPort<TPayload> | undefined;
  readonly #pacer: Pacer;
  readonly #tally = new Tally();
  readonly #waiters = new Waiters();
  readonly #inFlight = new InFlight<TPayload>();
  /** Entries in memory that came back from disk. */
  #restored = 0;
  #spooled = 0;
  #isRunning = false;
  #isAdopting: boolean;
  #isClosed = false;
  /** An entry of a rank above 0 waits. */
  #isUrgent = false;

  constructor(options: DeliveryLoopOptions<TPayload>) {
    this.#options = options;
    this.#queue = new BoundedQueue(options.maxQueueBytes);
    this.#pacer = new Pacer(options.clock);
    this.#spool = options.spool?.((count) => this.#drop(count, 'spool_full'));
    this.#isAdopting = this.#spool !== undefined;
    if (this.#spool !== undefined) {
      this.#start();
    }
  }

  /** Takes charge of an entry. Returns at once. */
  offer(payload: TPayload, bytes: number, rank: Rank): void {
    this.#tally.emit();
    if (this.#isClosed) {
      this.#drop(1, 'shutdown');
      return;
    }
    const arrival = { payload, bytes, rank, at: this.#options.clock.now() };
    const ref = this.#spool?.write(arrival);
    if (ref !== undefined && !this.#queue.hasRoom(bytes)) {
      // It is safe where it is; memory keeps what came before.
      this.#spool?.park(ref);
    } else {
      this.#letGo(this.#queue.offer({ payload, bytes, rank, at: arrival.at, ref }));
    }
    this.#start();
    if (rank > 0 && !this.#isUrgent && this.#options.urgentAgeMillis !== undefined) {
      this.#isUrgent = true;
      this.#pacer.wake();
    } else if (this.#isFull()) {
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
    this.#start();
    await this.#waiters.until(
      () => this.#oldestPending() > last && this.#onDisk() === 0,
      [signal, this.#pacer.signal],
    );
    calm();
  }

  async shutdown(signal: AbortSignal): Promise<void> {
    this.#isClosed = true;
    this.#pacer.close();
    await this.flush(signal);
    this.#pacer.stop();
    this.#abandon(this.#queue.clear());
    this.#abandon(this.#inFlight.left);
    this.#inFlight.clear();
    this.#queue.release();
    this.#spooled += this.#spool?.close() ?? 0;
    this.#waiters.tell();
  }

  stats(): SinkStats {
    const isOpen = !this.#pacer.signal.aborted;
    const pending = this.#queue.count + this.#inFlight.count + (isOpen ? (this.#spool?.parked ?? 0) : 0);
    return this.#tally.stats(this.#options.name, {
      pending,
      pendingBytes: this.#queue.heldBytes,
      ...(this.#spool !== undefined && { pendingOnDisk: Math.min(pending, this.#spool.unsettled) }),
      spooled: this.#spooled,
    });
  }

  #start(): void {
    if (this.#isRunning || this.#pacer.signal.aborted) {
      return;
    }
    this.#isRunning = true;
    // Outside of whatever span is active: sending spans must not make spans, nor keep the caller's context alive.
    context.with(suppressTracing(ROOT_CONTEXT), () => {
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    await this.#adopt();
    while (!this.#pacer.signal.aborted && (this.#queue.count > 0 || this.#isParked())) {
      await this.#restore();
      await this.#untilDue();
      this.#isUrgent = false;
      const batch = this.#queue.take(this.#options.batchLimit());
      if (batch.length > 0) {
        await this.#deliver(batch);
      }
    }
    this.#isRunning = false;
  }

  async #adopt(): Promise<void> {
    if (this.#isAdopting) {
      this.#tally.emit(await this.#spool?.adopt());
      this.#isAdopting = false;
      this.#waiters.tell();
    }
  }

  /** Reads from disk when memory is empty: what came first went into memory first. */
  async #restore(): Promise<void> {
    if (this.#queue.count > 0 || !this.#isParked()) {
      return;
    }
    const arrivals = (await this.#spool?.read()) ?? [];
    if (this.#pacer.signal.aborted) {
      return;
    }
    this.#restored += arrivals.length;
    for (const arrival of arrivals) {
      this.#queue.restore(arrival);
    }
    this.#waiters.tell();
  }

  #isParked(): boolean {
    return (this.#spool?.parked ?? 0) > 0;
  }

  async #untilDue(): Promise<void> {
    if (this.#pacer.isHurried || this.#isFull() || this.#restored > 0) {
      return;
    }
    const { clock, maxAgeMillis, urgentAgeMillis = maxAgeMillis } = this.#options;
    // A clock that was set back must not make anything wait longer than that.
    const oldestAt = Math.min(this.#queue.oldest?.at ?? clock.now(), clock.now());
    const millis = oldestAt + maxAgeMillis - clock.now();
    const wasUrgent = this.#isUrgent;
    await this.#pacer.idle(wasUrgent ? Math.min(millis, urgentAgeMillis) : millis);
    if (!wasUrgent && this.#isUrgent && !this.#pacer.isHurried && !this.#isFull()) {
      await this.#pacer.idle(urgentAgeMillis);
    }
  }

  #isFull(): boolean {
    const { bytes, entryBytes, count } = this.#options.batchLimit();
    return this.#queue.count >= count || this.#queue.bytes + this.#queue.count * entryBytes >= bytes;
  }

  async #deliver(batch: readonly Entry<TPayload>[]): Promise<void> {
    this.#inFlight.take(batch);
    try {
      await this.#options.deliver(batch, {
        pacer: this.#pacer,
        delivered: (entries, rejected = 0) => this.#settle(entries, rejected, 'rejected'),
        dropped: (entries, reason) => this.#settle(entries, entries.length, reason),
        attempted: (outcome, millis) => this.#options.onAttempt?.(outcome, millis),
      });
    } catch (error) {
      this.#options.log.broken(error);
    }
    if (!this.#pacer.signal.aborted) {
      const { left } = this.#inFlight;
      this.#settle(left, left.length, this.#options.unreported);
    }
    this.#queue.release();
    this.#waiters.tell();
  }

  #settle(reported: readonly Entry<TPayload>[], droppedCount: number, reason: DropReason): void {
    const settled = this.#inFlight.settle(reported);
    const dropped = Math.min(droppedCount, settled.length);
    this.#tally.deliver(settled.length - dropped);
    this.#restored -= settled.filter(({ sequence }) => sequence === 0).length;
    this.#spool?.settle(settled);
    this.#drop(dropped, reason);
  }

  /** What leaves memory unsettled: it stays on disk, where it is there. */
  #letGo(entries: readonly Pick<Entry<TPayload>, 'ref'>[]): void {
    const lost = entries.filter(({ ref }) => ref === undefined);
    for (const { ref } of entries) {
      if (ref !== undefined) {
        this.#spool?.park(ref);
      }
    }
    if (lost.length > 0) {
      this.#drop(lost.length, 'queue_full');
      this.#options.log.dropped('queue_full', `more than ${this.#options.maxQueueBytes} bytes are waiting`);
    }
  }

  #abandon(entries: readonly Entry<TPayload>[]): void {
    for (const { ref } of entries) {
      if (ref !== undefined) {
        this.#spool?.park(ref);
      }
    }
    this.#drop(entries.filter(({ ref }) => ref === undefined).length, 'shutdown');
  }

  #drop(count: number, reason: DropReason): void {
    this.#tally.drop(count, reason);
    this.#waiters.tell();
  }

  #oldestPending(): number {
    return Math.min(this.#inFlight.oldest?.sequence ?? Infinity, this.#queue.oldest?.sequence ?? Infinity);
  }

  /** What is, or was until it came back, on disk only; and whatever may still be found there. */
  #onDisk(): number {
    return (this.#spool?.parked ?? 0) + this.#restored + (this.#isAdopting ? 1 : 0);
  }
}
