import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RemovalEvent } from '../archive-event.ts';
import { numberOf } from '../object-name.ts';
import { appendLines } from './append-lines.ts';
import { leavingBy } from './retention.ts';
import type { Leaving, Retention, RetentionReason, StoredCompaction } from './retention.ts';
import { isIdle, readSessionFolders, removeSessionFolder } from './session-folders.ts';
import type { SessionFolder } from './session-folders.ts';

export type SweepReport = {
  readonly removed: readonly { readonly location: string; readonly reason: RetentionReason }[];
  /** What should have gone and did not: the next sweep tries again. */
  readonly failed: readonly { readonly location: string; readonly message: string }[];
};

/** What a crash left aside is nobody's after this, in milliseconds. */
const asideMillis = 24 * 3_600_000;

/**
 * Removes what a retention rule lets go, and says so in the session's events; a session that nobody has touched for
 * longer than the age goes as a whole.
 */
export async function sweep(
  path: string,
  retention: Retention,
  now: number,
  signal: AbortSignal,
): Promise<SweepReport> {
  const removed: { location: string; reason: RetentionReason }[] = [];
  const failed: { location: string; message: string }[] = [];
  const attempt = async (
    location: string,
    reason: RetentionReason | undefined,
    work: () => Promise<void>,
  ) => {
    signal.throwIfAborted();
    try {
      await work();
      if (reason !== undefined) removed.push({ location, reason });
    } catch (error) {
      failed.push({ location, message: error instanceof Error ? error.message : String(error) });
    }
  };
  const folders = await readSessionFolders(path, signal);
  const leaving = leavingBy(folders.flatMap(compactionsOf), retention, now);
  const { maxAgeMillis = Infinity } = retention;
  for (const folder of folders) {
    const own = leaving.filter(({ compaction }) => compaction.folder === folder.path);
    const isAll = own.length === compactionsOf(folder).length;
    if (isAll && own.length > 0 && isIdle(folder, maxAgeMillis, now)) {
      await attempt(folder.path, 'age', () => removeSessionFolder(path, folder.path));
      continue;
    }
    for (const { name, at } of folder.files) {
      const isAside = name.startsWith('.') && name.endsWith('.part') && now - at > asideMillis;
      if (isAside) await attempt(join(folder.path, name), undefined, () => rm(join(folder.path, name)));
    }
    for (const each of own) {
      for (const name of each.compaction.files) {
        const location = join(folder.path, name);
        await attempt(location, each.reason, () => remove(location, folder.path, each, now));
      }
    }
  }
  return { removed, failed };
}

/** The event comes first: what is said to be gone and is there can be removed again. */
async function remove(location: string, folder: string, { reason }: Leaving, now: number): Promise<void> {
  const event: RemovalEvent = { at: new Date(now).toISOString(), step: 'removed', location, reason };
  await appendLines(join(folder, 'events.jsonl'), [JSON.stringify(event)], true);
  await rm(location, { force: true });
}

function compactionsOf({ path, files }: SessionFolder): readonly StoredCompaction[] {
  const found = new Map<number, StoredCompaction>();
  for (const { name, bytes, at } of files) {
    const number = numberOf(name);
    if (number === undefined) continue;
    const known = found.get(number) ?? { folder: path, number, files: [], bytes: 0, at: 0 };
    found.set(number, {
      ...known,
      files: [...known.files, name],
      bytes: known.bytes + bytes,
      at: Math.max(known.at, at),
    });
  }
  return [...found.values()];
}
