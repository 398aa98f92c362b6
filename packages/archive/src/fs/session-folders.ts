import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-code.ts';

/** The folder of a session, and what is in it; `at` is when something came or went there last. */
export type SessionFolder = {
  readonly path: string;
  readonly files: readonly StoredFile[];
  readonly at: number;
};
/** `at`: when it was written last, in epoch milliseconds. */
type StoredFile = { readonly name: string; readonly bytes: number; readonly at: number };

/** Every session's folder below a path; none where there is no such path. */
export async function readSessionFolders(
  path: string,
  signal: AbortSignal,
): Promise<readonly SessionFolder[]> {
  const folders: SessionFolder[] = [];
  for (const folder of await entriesOf(path)) {
    if (!folder.isDirectory()) continue;
    const files: StoredFile[] = [];
    for (const file of await entriesOf(join(path, folder.name))) {
      signal.throwIfAborted();
      const about = await stat(join(path, folder.name, file.name)).catch(() => undefined);
      // Gone since it was listed, or no file.
      if (about?.isFile() === true) files.push({ name: file.name, bytes: about.size, at: about.mtimeMs });
    }
    const about = await stat(join(path, folder.name)).catch(() => undefined);
    if (about !== undefined) folders.push({ path: join(path, folder.name), files, at: about.mtimeMs });
  }
  return folders;
}

/** Whether nobody has written to it for so long. */
export function isIdle({ files, at }: SessionFolder, maxAgeMillis: number, now: number): boolean {
  // Nothing is in it yet where somebody is about to write.
  const written = files.length === 0 ? [at] : files.map((file) => file.at);
  return written.every((last) => now - last > maxAgeMillis);
}

/** Removes a session's folder: out of the way in one step, so that nobody finds half of it. */
export async function removeSessionFolder(path: string, folder: string): Promise<void> {
  const aside = join(path, `.${randomUUID()}.swept`);
  await rename(folder, aside);
  await rm(aside, { recursive: true, force: true });
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
