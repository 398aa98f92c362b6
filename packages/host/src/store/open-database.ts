import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { HostError } from '../host-error.ts';
import { DATABASE_VERSION, schema } from './schema.ts';

/** What is kept in memory of the file, in KiB. */
const CACHE_KIB = 32 * 1024;
/** Pages of 4 KiB after which the log is copied into the file: one that changed often is copied once. */
const CHECKPOINT_PAGES = 4000;
/** What a log that once grew larger is cut to. */
const JOURNAL_BYTES = 32 * 1024 * 1024;

/**
 * Opens or makes the database. WAL with `synchronous = NORMAL`: what was committed survives the death of the
 * process at any moment. A power cut could take the last transactions, so the flush of `createDurability` is waited for.
 */
export function openDatabase(path: string, now: () => number): Database.Database {
  const database = open(path);
  try {
    database.pragma('busy_timeout = 1000');
    // Before the first table: only then can space be given back later.
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma(`journal_size_limit = ${JOURNAL_BYTES}`);
    migrate(database, path, now);
    return database;
  } catch (error) {
    database.close();
    throw HostError.isInstance(error) ? error : unusable(path, error);
  }
}

function open(path: string): Database.Database {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    return new Database(path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function migrate(database: Database.Database, path: string, now: () => number): void {
  const create = database.transaction(() => {
    const version = z
      .object({ user_version: z.number() })
      .parse(database.pragma('user_version', { simple: true })).user_version;
    if (version === DATABASE_VERSION) return;
    if (version !== 0 || hasTables(database)) throw foreign(path, version);
    database.exec(schema);
    // Cursors start at the clock, in microseconds. A reader that reconnects with the cursor of an earlier,
    // lost database is then behind everything in this one, and misses nothing.
    database.prepare('INSERT INTO state VALUES (?, 0, 0, 0)').run(Math.floor(now() * 1000));
    database.exec(`PRAGMA user_version = ${DATABASE_VERSION}`);
  });
  create.immediate();
}

function hasTables(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table'").get() !== undefined;
}

function foreign(path: string, version: number): HostError {
  return new HostError({
    code: 'database_version',
    message: `Expected ${path} to be empty or a Clew database of version ${DATABASE_VERSION}, but it is ${
      version === 0 ? "another program's" : `of version ${version}`
    }. Name another file, or move this one away.`,
  });
}

function unusable(path: string, cause: unknown): HostError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HostError({
    code: 'database_unusable',
    message: `Expected ${path} to be a database that can be read and written: ${reason}. Check the path and its rights, or name another file.`,
    cause,
  });
}
