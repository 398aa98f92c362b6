import type { Incoming } from './store/incoming.ts';
import type { Writer } from './store/writer.ts';

type IntakeResult =
  | { readonly outcome: 'committed' }
  /** Nothing of the batch was stored; the sender should try again. */
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** Where every protocol hands over what it has read. */
export interface Intake {
  /** Commits the batch, then announces it. */
  take(batch: readonly Incoming[]): IntakeResult;
  /** Counts spans that a protocol refused. */
  refuse(count: number): void;
  /** Since the host started. */
  totals(): { readonly accepted: number; readonly rejected: number };
}

export function createIntake(write: Writer, announce: () => void): Intake {
  let accepted = 0;
  let rejected = 0;
  return {
    take(batch) {
      try {
        write(batch);
      } catch (error) {
        return { outcome: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
      }
      accepted += batch.length;
      announce();
      return { outcome: 'committed' };
    },
    refuse(count) {
      rejected += count;
    },
    totals: () => ({ accepted, rejected }),
  };
}
