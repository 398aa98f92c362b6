import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the repository that holds `from` (a file URL): the nearest one upwards with a
 * `pnpm-workspace.yaml`. Throws where there is none.
 */
export function repositoryRoot(from: string): string {
  const start = dirname(fileURLToPath(from));
  let folder = start;
  while (!existsSync(join(folder, 'pnpm-workspace.yaml'))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new Error(
        `Expected a folder with pnpm-workspace.yaml at or above ${start}, found none. ` +
          'Run the demo from a checkout of the repository.',
      );
    }
    folder = parent;
  }
  return folder;
}
