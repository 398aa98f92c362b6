import type { Incoming } from './store/incoming.ts';
import type { Store } from './store/store.ts';

export type IntakeResult =
  | { readonly outcome: 'committed' }
  /** The sender should try again. What was stored all the same is the same when it comes twice. */
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** Where every protocol hands over what it has read. */
export interface Intake {
  /** Resolves once the batch is on the disk. Who follows live has it as soon as it is committed. */
  take(batch: readonly Incoming[]): Promise<IntakeResult>;
  /** Counts spans that a protocol refused. */
  refuse(count: number): void;
  /** Since the host started. */
  totals(): { readonly accepted: number; readonly rejected: number };
}

export function createIntake(store: Pick<Store, 'write' | 'sync'>, announce: () => void): Intake {
  let accepted = 0;
  let rejected = 0;
  return {
    async take(batch) {
      try {
        store.write(batch);
        announce();
        await store.sync();
      } catch (error) {
        return { outcome: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
      }
      accepted += batch.length;
      return { outcome: 'committed' };
    },
    refuse(count) {
      rejected += count;
    },
    totals: () => ({ accepted, rejected }),
  };
}
