import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createApp } from './app.ts';
import { HostError } from './host-error.ts';
import { parseHostOptions, type HostOptionsInput } from './host-options.ts';
import { createIntake } from './intake.ts';
import { listen } from './listen.ts';
import { keepClean } from './keep-clean.ts';
import { createLive } from './live/live.ts';
import type { HostStats } from './wire.ts';
import { createBodyReader } from './routes/body-reader.ts';
import { defaultMaxBytes } from './retention-options.ts';
import { startClickhouseSink } from './sink/clickhouse-sink.ts';
import { positionInFile, positionInMemory } from './sink/sink-position.ts';
import { parseClickhouseAddress, placeOf } from './source/clickhouse/clickhouse-address.ts';
import { createStoreSource } from './store/store-source.ts';
import { openStore } from './store/store.ts';

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
  const parsed = parseHostOptions(options);
  const { database, viewerRoot, port, hostname, token, corsOrigins, limits, retention, now } = parsed;
  const root = viewerRoot === undefined ? undefined : findViewer(viewerRoot);
  const { maxAgeMillis, maxBytes = defaultMaxBytes(database) } = retention;
  const address = parsed.clickhouse === undefined ? undefined : parseClickhouseAddress(parsed.clickhouse);
  const store = openStore({ path: database, now, retention: { maxAgeMillis, maxBytes } });
  const live = createLive(store.readAfter, { heartbeatMillis: parsed.heartbeatMillis, ...limits });
  const source = parsed.source ?? createStoreSource(store, live.changes);
  const sink =
    address &&
    startClickhouseSink({
      address,
      readAfter: store.readAfter,
      changes: live.changes,
      position:
        database === ':memory:'
          ? positionInMemory()
          : positionInFile(`${database}.clickhouse`, placeOf(address)),
    });
  const bodies = createBodyReader(limits.heldBytes);
  const intake = createIntake(store, () => live.changes.announce());
  const cleaner = keepClean(store.retain, retention.everyMillis);
  const stats = (): HostStats => {
    const { spans, traces, cursor } = store.totals();
    const { usedBytes, fileBytes, logBytes } = store.space();
    const expired = cleaner.removed();
    return {
      spans,
      traces,
      cursor,
      streams: live.count(),
      ...intake.totals(),
      expired,
      usedBytes,
      fileBytes,
      logBytes,
      ...(sink && { sink: sink.stats() }),
    };
  };
  const app = createApp(
    { store, source, isOwnStore: parsed.source === undefined, stats, intake, live, bodies, now, limits },
    { hostname, viewerRoot: root, token, corsOrigins },
  );

  const server = await listen(app.fetch, { port, hostname, limits }).catch((error: unknown) => {
    void Promise.all([cleaner.stop(), sink?.close()]).then(() => store.close());
    throw error;
  });

  const stop = async (): Promise<void> => {
    live.close();
    await server.close();
    await cleaner.stop();
    await source.close();
    await sink?.close();
    await store.close();
  };
  let stopped: Promise<void> | undefined;
  return {
    url: server.url,
    close: () => (stopped ??= stop()),
    stats,
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
