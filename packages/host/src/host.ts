import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createApp } from './app.ts';
import { HostError } from './host-error.ts';
import { parseHostOptions, type HostOptionsInput } from './host-options.ts';
import { createIntake } from './intake.ts';
import { listen } from './listen.ts';
import { createLive } from './live/live.ts';
import { createBodyReader } from './routes/body-reader.ts';
import { openStore } from './store/store.ts';

export type HostStats = {
  readonly spans: number;
  readonly traces: number;
  /** The newest cursor. */
  readonly cursor: number;
  /** Streams open now. */
  readonly streams: number;
  /** Spans and trace events committed since the start, repeats included. */
  readonly accepted: number;
  /** Spans that OTLP's partial success told the sender of. */
  readonly rejected: number;
};

/** A running collector. */
export interface Host {
  /** Where it listens, without a path: `http://127.0.0.1:5175`. */
  readonly url: string;
  /** Ends the streams, lets requests in flight finish, and closes the database. May be called again. */
  close(): Promise<void>;
  stats(): HostStats;
}

/**
 * Starts the collector behind the viewer: takes spans by Ariadne's protocol and by OTLP, keeps them in a
 * database, and shows them by live stream, by query, and in the viewer if its files are given.
 *
 * Rejects with a {@link HostError} that says what to do, when the options, the port, the database or the
 * viewer's folder are not usable.
 */
export async function createHost(options: HostOptionsInput = {}): Promise<Host> {
  const { database, viewerRoot, port, hostname, token, corsOrigins, limits, heartbeatMillis, now } =
    parseHostOptions(options);
  const root = viewerRoot === undefined ? undefined : findViewer(viewerRoot);
  const store = openStore({ path: database, now });
  const live = createLive(store.readAfter, { heartbeatMillis, ...limits });
  const bodies = createBodyReader(limits.heldBytes);
  const intake = createIntake(store, () => live.changes.announce());
  const app = createApp(
    { store, intake, live, bodies, now, limits },
    { hostname, viewerRoot: root, token, corsOrigins },
  );

  const server = await listen(app.fetch, { port, hostname, limits }).catch((error: unknown) => {
    void store.close();
    throw error;
  });

  const stop = async (): Promise<void> => {
    live.close();
    await server.close();
    await store.close();
  };
  let stopped: Promise<void> | undefined;
  return {
    url: server.url,
    close: () => (stopped ??= stop()),
    stats: () => {
      const { spans, traces, cursor } = store.totals();
      return { spans, traces, cursor, streams: live.count(), ...intake.totals() };
    },
  };
}

function findViewer(viewerRoot: string): string {
  const root = resolve(viewerRoot);
  if (existsSync(join(root, 'index.html'))) return root;
  throw new HostError({
    code: 'viewer_missing',
    message: `Expected the viewer's built files in ${root}, but there is no index.html. Build the viewer, or leave viewerRoot out.`,
  });
}
