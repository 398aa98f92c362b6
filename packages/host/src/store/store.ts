import { createFeed, type Feed } from './feed.ts';
import { openDatabase } from './open-database.ts';
import { createQueries, type Queries } from './queries.ts';
import { createWriter, type Writer } from './writer.ts';

/** Spans and traces on disk: written by request, followed by cursor, asked by query. Everything is synchronous. */
export interface Store extends Queries {
  readonly write: Writer;
  readonly readAfter: Feed;
  close(): void;
}

export type StoreOptions = {
  /** A file path, or `:memory:`. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export function openStore({ path, now }: StoreOptions): Store {
  const database = openDatabase(path, now);
  return {
    ...createQueries(database),
    write: createWriter(database, now),
    readAfter: createFeed(database),
    close: () => {
      database.close();
    },
  };
}
