import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isSkipped } from './skipped-folders.ts';

/** A copy of a repository that an agent may change. `dispose` removes all of it; a second call does nothing. */
export type ScratchCopy = {
  /** The copy. */
  readonly root: string;
  /** A folder beside it, for what is not the agent's to see. */
  readonly archive: string;
  dispose(): Promise<void>;
};

/** Copies the repository's own files: no dependencies, no build output, no history. */
export async function createScratchCopy(repository: string): Promise<ScratchCopy> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clew-demo-')));
  const root = join(folder, 'repository');
  const archive = join(folder, 'archive');
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(archive);
    await cp(repository, root, {
      recursive: true,
      filter: (source) => source === repository || !isSkipped(basename(source)),
      verbatimSymlinks: true,
    });
  } catch (error) {
    await dispose();
    throw error;
  }
  return { root, archive, dispose };
}
