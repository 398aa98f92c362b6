import type { Arrival, Entry } from './bounded-queue.ts';
import type { SpoolRef } from './spool-ref.ts';

/**
 * Entries on disk. Each is in one of three states: held (in memory too), parked (on disk only) or settled.
 *
 * Contract: no method throws or rejects. Trouble with the disk is told once, and `write` then returns `undefined`.
 */
export interface SpoolPort<TPayload> {
  /** Takes over what processes that are gone left behind. Returns how many entries that is. */
  adopt(): Promise<number>;
  /** Writes an entry down, held. */
  write(entry: Arrival<TPayload>): SpoolRef | undefined;
  /** It is no longer in memory. */
  park(ref: SpoolRef): void;
  /** Takes parked entries back into memory, the oldest first: some, if there are any. */
  read(): Promise<readonly Arrival<TPayload>[]>;
  /** Nothing is to be done about them any more. */
  settle(entries: readonly Entry<TPayload>[]): void;
  /** How many are on disk only. */
  readonly parked: number;
  /** How many are on disk, in memory too or not. */
  readonly unsettled: number;
  /** Lets go of the folder. Returns how many entries stay in it for the next process. */
  close(): number;
}
