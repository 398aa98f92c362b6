import type { Intake } from '../intake.ts';
import type { Live } from '../live/live.ts';
import type { Store } from '../store/store.ts';

/** What the routes share. */
export type HostContext = {
  readonly store: Store;
  readonly intake: Intake;
  readonly live: Live;
  readonly now: () => number;
  readonly maxBodyBytes: number;
};
