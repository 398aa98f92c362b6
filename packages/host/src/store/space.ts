import { statSync } from 'node:fs';
import type { Database } from 'libsql';
import { z } from 'zod';

export type SpaceUse = {
  /** What holds something, of the file; the rest of it can be used again, or given back. */
  readonly usedBytes: number;
  readonly fileBytes: number;
  /** The log beside the file. */
  readonly logBytes: number;
};

/** The room that a database takes. */
export interface Space {
  measure(): SpaceUse;
  /** Gives up to so many unused pages back to the file system. Returns whether there were any. */
  giveBack(pages: number): boolean;
  /** Copies the log into the file and empties it. */
  cutLog(): void;
}

const Pragma = z.array(z.record(z.string(), z.number()));

export function createSpace(database: Database, path: string): Space {
  const read = (name: string): number => Object.values(Pragma.parse(database.pragma(name))[0] ?? {})[0] ?? 0;
  const pageBytes = read('page_size');
  return {
    measure() {
      const pages = read('page_count');
      return {
        usedBytes: (pages - read('freelist_count')) * pageBytes,
        fileBytes: pages * pageBytes,
        logBytes: path === ':memory:' ? 0 : (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0),
      };
    },
    giveBack(pages) {
      if (read('freelist_count') === 0) return false;
      database.pragma(`incremental_vacuum(${pages})`);
      if (read('freelist_count') === 0) this.cutLog();
      return true;
    },
    cutLog() {
      database.pragma('wal_checkpoint(TRUNCATE)');
    },
  };
}
