import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../encode-entry.ts';
import type { EncodedEntry } from '../encode-entry.ts';
import { codeOf } from './error-code.ts';

/**
 * Writes a file that is complete or absent, under the first name that is free or has these bytes already. No
 * file is ever overwritten, whoever else writes at the same moment: the name is taken in one step, by a link.
 *
 * @returns where it is
 */
export async function placeFile(
  folder: string,
  names: readonly string[],
  { text, digest }: EncodedEntry,
  signal: AbortSignal,
): Promise<string> {
  const aside = join(folder, `.${randomUUID()}.part`);
  try {
    await writeDurably(aside, text, signal);
    for (const name of names) {
      const path = join(folder, name);
      if (await take(aside, path)) return path;
      if (digestOf(await readFile(path, 'utf8')) !== digest) continue;
      // Stored just now, as far as a retention rule is concerned.
      const now = new Date();
      await utimes(path, now, now);
      return path;
    }
  } finally {
    await rm(aside, { force: true });
  }
  throw new Error(`Every name for ${digest} in ${folder} is taken by a file with other bytes.`);
}

async function writeDurably(path: string, text: string, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text, { signal });
    await file.sync();
  } finally {
    await file.close();
  }
}

/** @returns false where the name is taken */
async function take(aside: string, path: string): Promise<boolean> {
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Some file systems have no links. A copy is exclusive too; a crash may leave it short, and then it keeps its name to itself.
    return copyExclusively(aside, path);
  }
}

async function copyExclusively(aside: string, path: string): Promise<boolean> {
  try {
    await copyFile(aside, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
