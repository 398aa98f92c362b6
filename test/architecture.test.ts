import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrows, pure } from './arrows.ts';
import { importsOf, root, workspaces } from './workspace.ts';

const all = workspaces();
const isOwn = (name: string) => name === 'clew' || name === 'compactctl' || name.startsWith('@clew/');
const packageOf = (specifier: string) =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? '');

describe('the architecture', () => {
  it('has a row in the table of arrows for every package, and no other', () => {
    expect(all.map(({ name }) => name).toSorted()).toEqual(Object.keys(arrows).toSorted());
  });

  it.each(all.map((workspace) => [workspace.name, workspace] as const))(
    '%s declares only what its arrows allow',
    (name, { manifest }) => {
      const declared = Object.keys(manifest.dependencies).filter(isOwn);
      expect(declared.filter((dependency) => !arrows[name]?.includes(dependency))).toEqual([]);
    },
  );

  it.each(all.map((workspace) => [workspace.name, workspace] as const))(
    '%s imports only what it declares',
    (name, { manifest, sources }) => {
      const declared = new Set([
        name,
        ...Object.keys(manifest.dependencies),
        ...Object.keys(manifest.peerDependencies),
      ]);
      const undeclared = sources
        .filter((file) => !file.includes('/testing/'))
        .flatMap((file) =>
          importsOf(file)
            .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
            .filter((specifier) => !declared.has(packageOf(specifier)))
            .map((specifier) => `${relative(root, file)} imports ${specifier}`),
        );
      expect(undeclared).toEqual([]);
    },
  );

  it.each(pure)('%s needs no Node.js', (name) => {
    const sources = all.find((workspace) => workspace.name === name)?.sources ?? [];
    const found = sources.flatMap((file) =>
      importsOf(file).filter((specifier) => specifier.startsWith('node:')),
    );
    expect(sources).not.toEqual([]);
    expect(found).toEqual([]);
  });

  it('has an index of named re-exports only, and no drawer for what has no name', () => {
    const files = all.flatMap(({ sources }) => sources);
    const drawers = files.filter((file) =>
      /^(?:utils|helpers|types|common\/.*)\.tsx?$/u.test(basename(file)),
    );
    const stars = files.filter((file) => /^export \* /mu.test(readFileSync(file, 'utf8')));
    expect(drawers).toEqual([]);
    expect(stars).toEqual([]);
  });
});
