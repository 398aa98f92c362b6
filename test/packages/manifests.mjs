// Holds the manifest of every package that is published to what a release with provenance needs. What is the same for
// all stands once, in the root's manifest: `node test/packages/manifests.mjs --write` copies it from there.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const shared = read('package.json');

/** The packages that are published: their folders, and what they say of themselves. */
export const published = ['packages', 'apps']
  .flatMap((parent) => readdirSync(new URL(`${parent}/`, root)).map((name) => `${parent}/${name}`))
  .map((folder) => ({ folder, manifest: read(`${folder}/package.json`) }))
  .filter(({ manifest }) => manifest.private !== true);

const expectedOf = (folder) => ({
  license: shared.license,
  repository: { ...shared.repository, directory: folder },
  publishConfig: { access: 'public', provenance: true },
});

/** What a manifest lacks, in words. */
export function problemsOf({ folder, manifest }) {
  const expected = expectedOf(folder);
  const differing = Object.keys(expected).filter(
    (field) => JSON.stringify(manifest[field]) !== JSON.stringify(expected[field]),
  );
  const missing = ['description', 'version', 'files', 'sideEffects', 'engines', 'exports'].filter(
    (field) => manifest[field] === undefined,
  );
  return [
    ...differing.map(
      (field) =>
        `${manifest.name}: ${field} is not the root's: run \`node test/packages/manifests.mjs --write\``,
    ),
    ...missing.map((field) => `${manifest.name}: has no ${field}`),
    ...(manifest.version === shared.version ? [] : [`${manifest.name}: is not of version ${shared.version}`]),
    ...(manifest.type === 'module' ? [] : [`${manifest.name}: is no ES module`]),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  for (const { folder, manifest } of published) {
    const { name, version, description, license, ...rest } = manifest;
    const written = { name, version, description, license, ...rest, ...expectedOf(folder) };
    writeFileSync(new URL(`${folder}/package.json`, root), `${JSON.stringify(written, undefined, 2)}\n`);
  }
}
