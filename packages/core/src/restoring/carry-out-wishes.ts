import type { Prepared } from '../prepare.ts';
import type { SessionState } from '../session-state.ts';
import { joined } from './restoration.ts';
import type { Restoration } from './restoration.ts';
import { restore } from './restore.ts';
import type { RestoreInput } from './restore.ts';

export type WishesInput<TItem> = RestoreInput<TItem> & {
  /** Prepares the same call on another state of the session. */
  readonly again: (state: SessionState) => Prepared<TItem>;
};

export type Fulfilled<TItem> = {
  readonly prepared: Prepared<TItem>;
  /** Absent where nothing was tried: nothing is wished, or the caller gave up. */
  readonly restoration: Restoration | undefined;
};

/** Carries out what is wished, one run after another: an undo, then what else shall come back. */
export async function carryOutWishes<TItem>(input: WishesInput<TItem>): Promise<Fulfilled<TItem>> {
  const { prepared, signal, again } = input;
  const untouched = { prepared, restoration: undefined };
  if (prepared.state.restoring === undefined || signal?.aborted === true) return untouched;
  const restored = await restore(input);
  if (restored === undefined) return untouched;
  const rest = await carryOutWishes({ ...input, prepared: again(restored.state) });
  return { prepared: rest.prepared, restoration: joined(restored.restoration, rest.restoration) };
}
