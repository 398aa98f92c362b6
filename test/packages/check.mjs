// Looks at what would be published, package by package: its manifest, what is in the archive and how large it is, and
// whether Node, bundlers and TypeScript find what it exports (publint, Are the Types Wrong).
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { problemsOf, published } from './manifests.mjs';
import { packAll } from './pack.mjs';

/** What a packed archive may weigh, compressed, in thousands of bytes. Raise one on purpose, not by accident. */
const budgets = JSON.parse(readFileSync(new URL('budgets.json', import.meta.url), 'utf8'));
/** Entries that are no modules. */
const noModules = /\.(?:css|json)$/u;
/** Every package is made of ES modules: nobody is promised that `require` finds it. */
const esmOnly = new Set(['node16-esm', 'bundler']);

const { folder, tarballs } = await packAll();
const problems = [];
for (const each of published) {
  const { name, version } = each.manifest;
  const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  const tarball = tarballs.find((path) => path.endsWith(`/${file}`));
  const found = tarball === undefined ? [`${name}: was not packed as ${file}`] : await look(name, tarball);
  problems.push(...problemsOf(each), ...found);
}
rmSync(folder, { recursive: true });
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(`packages: ${published.length} are fit to be published\n`);

async function look(name, tarball) {
  return [
    ...contentProblems(name, tarball),
    ...(await entryProblems(name, tarball)),
    ...(await typeProblems(name, tarball)),
  ];
}

function contentProblems(name, tarball) {
  const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).split('\n');
  const missing = ['LICENSE', 'README.md', 'package.json'].filter(
    (file) => !files.includes(`package/${file}`),
  );
  const foreign = files.filter((file) => /\.(?:test|fixture)\./u.test(file) && !file.endsWith('.map'));
  const manifest = execFileSync('tar', ['xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
  const kilobytes = statSync(tarball).size / 1000;
  return [
    ...missing.map((file) => `${name}: no ${file} in the archive`),
    ...foreign.map((file) => `${name}: ${file} is for tests`),
    ...(/"(?:workspace|catalog):/u.test(manifest) ? [`${name}: a dependency has no version`] : []),
    ...(kilobytes <= (budgets[name] ?? 0)
      ? []
      : [`${name}: weighs ${kilobytes.toFixed(0)} kB, more than its ${budgets[name] ?? 0}`]),
  ];
}

async function entryProblems(name, tarball) {
  const data = readFileSync(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: toArrayBuffer(data) }, strict: true });
  return messages.map((message) => `${name}: ${formatMessage(message, pkg, { color: false })}`);
}

async function typeProblems(name, tarball) {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (analysis.types === false) return [`${name}: has no types`];
  return analysis.problems
    .filter((problem) => problem.resolutionKind === undefined || esmOnly.has(problem.resolutionKind))
    .filter((problem) => !noModules.test(problem.entrypoint ?? ''))
    .map((problem) => `${name}: ${problem.kind} ${problem.entrypoint ?? ''} ${problem.resolutionKind ?? ''}`);
}

function toArrayBuffer({ buffer, byteOffset, byteLength }) {
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
