import type { HttpBindings } from '@hono/node-server';
import type { Intake } from '../intake.ts';
import type { HostLimits } from '../limits.ts';
import type { Live } from '../live/live.ts';
import type { TraceSource } from '../source/trace-source.ts';
import type { Store } from '../store/store.ts';
import type { HostStats } from '../wire.ts';
import type { BodyReader } from './body-reader.ts';

/** What the routes share. */
export type HostContext = {
  readonly store: Store;
  /** Where sessions are listed and read. */
  readonly source: TraceSource;
  /** Whether the source is the store itself. */
  readonly isOwnStore: boolean;
  readonly stats: () => HostStats;
  readonly intake: Intake;
  readonly live: Live;
  readonly bodies: BodyReader;
  readonly now: () => number;
  readonly limits: HostLimits;
};

/** Node's own request and response are there beside the web's, which copy what they pass on. */
export type HostEnv = { readonly Bindings: HttpBindings };
