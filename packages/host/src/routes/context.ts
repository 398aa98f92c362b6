import type { HttpBindings } from '@hono/node-server';
import type { Intake } from '../intake.ts';
import type { HostLimits } from '../limits.ts';
import type { Live } from '../live/live.ts';
import type { Store } from '../store/store.ts';
import type { BodyReader } from './body-reader.ts';

/** What the routes share. */
export type HostContext = {
  readonly store: Store;
  readonly intake: Intake;
  readonly live: Live;
  readonly bodies: BodyReader;
  readonly now: () => number;
  readonly limits: HostLimits;
};

/** Node's own request and response are there beside the web's, which copy what they pass on. */
export type HostEnv = { readonly Bindings: HttpBindings };
