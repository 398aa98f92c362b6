import { createDigestKeeper } from './digest-keeper.ts';
import { createDurability, noDurability } from './durability.ts';
import { createFeed, createPast, type Feed, type Past } from './feed.ts';
import { openDatabase } from './open-database.ts';
import { createSessionQueries, type SessionQueries } from './session-queries.ts';
import { createRetention, type Retention, type RetentionOptions } from './retention.ts';
import { createSpace, type SpaceUse } from './space.ts';
import { createSessionTexts, type SessionTexts } from './session-texts.ts';
import { createSpanPages, type SpanPages } from './span-pages.ts';
import { createTotals, type Totals } from './totals.ts';
import { createTraceQueries, type TraceQueries } from './trace-queries.ts';
import { createWriter, type Writer } from './writer.ts';

/** Spans and traces on disk: written by batch, followed by cursor, asked by query. Everything but the disk is synchronous. */
export interface Store extends TraceQueries, SessionQueries {
  readonly write: Writer;
  readonly readAfter: Feed;
  readonly readPast: Past;
  readonly readSpans: SpanPages;
  readonly readSession: SessionTexts;
  readonly totals: () => Totals;
  readonly retain: Retention;
  space(): SpaceUse;
  /** Resolves when everything that was written before the call is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export type StoreOptions = {
  /** A file path, or `:memory:`. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly retention?: RetentionOptions;
};

export function openStore({ path, now, retention = {} }: StoreOptions): Store {
  const database = openDatabase(path, now);
  const keeper = createDigestKeeper(database);
  const space = createSpace(database, path);
  const durability = path === ':memory:' ? noDurability : createDurability(path);
  return {
    ...createTraceQueries(database),
    ...createSessionQueries(database),
    write: createWriter(database, keeper, now),
    retain: createRetention(database, { keeper, space, now }, retention),
    space: () => space.measure(),
    readAfter: createFeed(database),
    readPast: createPast(database),
    readSpans: createSpanPages(database),
    readSession: createSessionTexts(database),
    totals: createTotals(database),
    sync: () => durability.sync(),
    async close() {
      await durability.close();
      database.close();
    },
  };
}
