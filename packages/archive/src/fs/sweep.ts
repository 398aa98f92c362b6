import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RemovalEvent } from '../archive-event.ts';
import { numberOf } from '../object-name.ts';
import { appendLine } from './append-line.ts';
import { codeOf } from './error-code.ts';
import { leavingBy } from './retention.ts';
import type { Leaving, Retention, RetentionReason, StoredCompaction } from './retention.ts';

export type SweepReport = {
  readonly removed: readonly { readonly location: string; readonly reason: RetentionReason }[];
  /** What should have gone and did not: the next sweep tries again. */
  readonly failed: readonly { readonly location: string; readonly message: string }[];
};

type Folder = { readonly path: string; readonly files: readonly File[] };
type File = { readonly name: string; readonly bytes: number; readonly at: number };

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
  const folders = await readFolders(path, signal);
  const leaving = leavingBy(folders.flatMap(compactionsOf), retention, now);
  const { maxAgeMillis = Infinity } = retention;
  for (const folder of folders) {
    const own = leaving.filter(({ compaction }) => compaction.folder === folder.path);
    const isOld = folder.files.every(({ at }) => now - at > maxAgeMillis);
    const isAll = own.length === compactionsOf(folder).length;
    if (isOld && isAll && own.length > 0) {
      await attempt(folder.path, 'age', () => removeFolder(path, folder.path));
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
  await appendLine(join(folder, 'events.jsonl'), JSON.stringify(event));
  await rm(location, { force: true });
}

/** Out of the way in one step, so that nobody finds half of it. */
async function removeFolder(path: string, folder: string): Promise<void> {
  const aside = join(path, `.${randomUUID()}.swept`);
  await rename(folder, aside);
  await rm(aside, { recursive: true, force: true });
}

async function readFolders(path: string, signal: AbortSignal): Promise<readonly Folder[]> {
  const folders: Folder[] = [];
  for (const folder of await entriesOf(path)) {
    if (!folder.isDirectory()) continue;
    const files: File[] = [];
    for (const file of await entriesOf(join(path, folder.name))) {
      signal.throwIfAborted();
      const about = await stat(join(path, folder.name, file.name)).catch(() => undefined);
      // Gone since it was listed, or no file.
      if (about?.isFile() === true) files.push({ name: file.name, bytes: about.size, at: about.mtimeMs });
    }
    folders.push({ path: join(path, folder.name), files });
  }
  return folders;
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function compactionsOf({ path, files }: Folder): readonly StoredCompaction[] {
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
