import { type FileHandle, open } from 'node:fs/promises';

/** Waits until what is committed is on the disk itself. */
export interface Durability {
  /** Resolves when everything that was committed before the call would survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A database in memory survives nothing, and there is nothing to wait for. */
export const noDurability: Durability = { sync: () => Promise.resolve(), close: () => Promise.resolve() };

/**
 * Flushes the database's log to the disk outside of the event loop. Commits that come while one flush runs share the
 * next: the slower the disk, the more of them. SQLite itself flushes before it copies the log into the file.
 */
export function createDurability(database: string): Durability {
  let file: FileHandle | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function flush(): Promise<void> {
    // The log is there from the first commit until the database is closed.
    file ??= await open(`${database}-wal`, 'r+');
    await file.datasync();
  }

  function start(): Promise<void> {
    next = undefined;
    const current = flush().finally(() => {
      if (running === current) running = undefined;
    });
    running = current;
    return current;
  }

  return {
    sync: () => {
      if (running === undefined) return start();
      return (next ??= running.then(start, start));
    },
    async close() {
      await running?.catch(() => undefined);
      await file?.close();
    },
  };
}
