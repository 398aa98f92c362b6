import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, isOwn, ownerOf } from './owner.ts';

/** What decides whether a folder may be taken, and where it goes then. */
export type Claim = {
  /** Where the folders of all processes are. */
  readonly path: string;
  /** The folder of the one who takes. It is made before the first folder moves into it. */
  readonly into: string;
  readonly make: () => void;
  /** Folders that this process uses: it lives, so that their name alone would not tell. */
  readonly isOpen: (folder: string) => boolean;
  readonly now: number;
};

/**
 * Takes over the folders of processes that are gone. Returns the paths of the segments in them, the oldest of each first.
 * A folder that another process takes at the same time is left to it.
 */
export async function takeOrphans(claim: Claim): Promise<readonly string[]> {
  const segments: string[] = [];
  for (const name of await foldersIn(claim.path)) {
    segments.push(...(await takeFolder(name, claim)));
  }
  return segments;
}

async function takeFolder(name: string, claim: Claim): Promise<readonly string[]> {
  const from = join(claim.path, name);
  const owner = ownerOf(name);
  if (owner === undefined || claim.isOpen(from) || !(isOwn(owner) || isGone(owner, from, claim.now))) {
    return [];
  }
  try {
    claim.make();
    // Only one process can rename it: whoever does owns it from then on.
    const to = join(claim.into, `from-${name}`);
    await rename(from, to);
    return await segmentsIn(to);
  } catch {
    return [];
  }
}

async function segmentsIn(folder: string): Promise<readonly string[]> {
  const segments: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      segments.push(...(await segmentsIn(path)));
    } else if (entry.name.endsWith('.spool')) {
      segments.push(path);
    }
  }
  return segments;
}

async function foldersIn(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  } catch {
    // There is none yet.
    return [];
  }
}
