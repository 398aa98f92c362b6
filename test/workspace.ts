import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const Manifest = z.looseObject({
  name: z.string(),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});

export type Workspace = {
  readonly name: string;
  readonly folder: string;
  readonly manifest: z.infer<typeof Manifest>;
  /** Source files; tests and what only they use are left out. */
  readonly sources: readonly string[];
};

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Every package and app, with its manifest and its source files. */
export function workspaces(): readonly Workspace[] {
  return ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => {
      const folder = join(root, parent, name);
      const manifest = readManifest(join(folder, 'package.json'));
      const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/u.test(file) && !/\.(?:test|fixture)\.tsx?$/u.test(file))
        .map((file) => join(folder, 'src', file));
      return { name: manifest.name, folder, manifest, sources };
    }),
  );
}

/** What a bundle is made of is in it: whoever installs it needs none of that, so it is declared for development only. */
function readManifest(file: string): Workspace['manifest'] {
  const manifest = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  const isBundle = manifest.scripts['build']?.startsWith('vite build') === true;
  const { dependencies, devDependencies } = manifest;
  return isBundle ? { ...manifest, dependencies: { ...devDependencies, ...dependencies } } : manifest;
}

// An import statement lists names only; what has parentheses or quotes before its `from` is something else.
const importPattern =
  /^(?:import|export)\b[^;'"`()]*\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gmu;

/** What a file imports, types included. */
export function importsOf(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(importPattern)].flatMap(
    ([, from, bare, lazy]) => from ?? bare ?? lazy ?? [],
  );
}
