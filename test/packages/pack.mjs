import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { published } from './manifests.mjs';

export const execute = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs every package that is published, as a release does, into a new folder. Returns the paths of the archives. */
export async function packAll() {
  const folder = await mkdtemp(join(tmpdir(), 'clew-packs-'));
  const filters = published.flatMap((each) => ['--filter', `./${each.folder}`]);
  const packing = ['--recursive', ...filters, 'pack', '--pack-destination', folder];
  await execute('npx', ['-y', 'pnpm@12', ...packing], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  const names = await readdir(folder);
  return { folder, tarballs: names.map((name) => join(folder, name)) };
}
