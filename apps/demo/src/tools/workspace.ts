import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { isSkipped } from '../skipped-folders.ts';

/** The folder that the tools work in, and the only one: a path that leads out of it is refused. */
export class Workspace {
  readonly root: string;
  /** The longest answer of a tool, in characters. */
  readonly maxCharacters: number;

  /** `root` must be a real path, without links in it. */
  constructor(root: string, maxCharacters: number) {
    this.root = root;
    this.maxCharacters = maxCharacters;
  }

  /** The absolute path of `path`. Throws where it leads out of the workspace, also by a link. */
  async locate(path: string): Promise<string> {
    const absolute = resolve(this.root, path);
    const real = await realNearest(absolute);
    for (const candidate of [absolute, real]) {
      if (candidate !== this.root && !candidate.startsWith(this.root + sep)) {
        throw new Error(`Expected a path inside the workspace, got ${JSON.stringify(path)}.`);
      }
    }
    return absolute;
  }

  async read(path: string): Promise<string> {
    return readFile(await this.locate(path), 'utf8');
  }

  /** Every file below `under` whose path ends in `suffix`, in order, relative to the root, with `/`. */
  async files(under = '', suffix = ''): Promise<readonly string[]> {
    const found: string[] = [];
    await this.#collect(await this.locate(under), found);
    return found.filter((path) => path.endsWith(suffix)).toSorted();
  }

  async #collect(folder: string, found: string[]): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (isSkipped(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await this.#collect(path, found);
      else if (entry.isFile()) found.push(relative(this.root, path).split(sep).join(posix.sep));
    }
  }

  /** The text without the folder's own name, which differs from run to run. */
  anonymize(text: string): string {
    return text.replaceAll(this.root, '.');
  }
}

/** The real path of the nearest ancestor that exists. */
async function realNearest(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (parent === path) throw error;
    return realNearest(parent);
  }
}
