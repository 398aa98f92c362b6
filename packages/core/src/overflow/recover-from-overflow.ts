import { OverflowRecovery } from './overflow-recovery.ts';
import type { OverflowRecoveryOptions } from './overflow-recovery.ts';

export type RecoverFromOverflowOptions<TItem, TAnswer> = OverflowRecoveryOptions<TItem> & {
  /** What `preflight` said to send. */
  readonly items: readonly TItem[];
  /** Calls the model; rejects with the provider's error. */
  readonly send: (items: readonly TItem[]) => Promise<TAnswer>;
};

/**
 * Calls the model, and again with a smaller prompt each time one is refused as too long, at most once for each step.
 * Rejects with any other error as it is, and in the end with the first refusal.
 */
export async function recoverFromOverflow<TItem, TAnswer>(
  options: RecoverFromOverflowOptions<TItem, TAnswer>,
): Promise<TAnswer> {
  const recovery = new OverflowRecovery(options);
  let { items } = options;
  for (;;) {
    try {
      const answer = await options.send(items);
      recovery.accepted();
      return answer;
    } catch (error) {
      const smaller = await recovery.next(error);
      if (smaller === undefined) throw recovery.unrecovered(error);
      ({ items } = smaller);
    }
  }
}
