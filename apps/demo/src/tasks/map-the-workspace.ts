import { calls } from '../script/calls.ts';
import { listAll } from '../script/list-all.ts';
import { expectSuccess } from '../script/outputs.ts';
import { use } from '../script/playbook.ts';
import { readAll } from '../script/read-all.ts';
import type { Task } from './task.ts';

const readCount = 6;
const frozen = ['LICENSE', 'pnpm-workspace.yaml'];

export const mapTheWorkspace: Task = {
  title: 'map the workspace',
  prompt:
    'Map this repository: which packages are there, what does each depend on in the workspace, and is there ' +
    `a cycle? One rule for the whole session: ${frozen.join(' and ')} must stay byte for byte as they are. ` +
    'Take their SHA-256 now, so that you can prove it at the end.',
  *play(notebook) {
    const manifests = (yield* listAll(null, 'package.json')).map(({ path }) => path);
    yield* readAll(manifests.slice(0, readCount), 'First a look at some manifests.');
    const graph = expectSuccess(
      yield* use(calls.node('-e', dependencyGraph(manifests)), 'Now the graph, computed from all of them.'),
    ).stdout;
    const digests = expectSuccess(yield* use(calls.node('-e', digestsOf(frozen)), 'And the digests.')).stdout;
    for (const line of digests.split('\n')) {
      const [digest = '', path = ''] = line.split('  ');
      // No file, no line: the output of nothing is one empty line.
      if (path !== '') notebook.noteDigest(path, digest);
    }
    return (
      `Finding: there are ${manifests.length} manifests. Workspace dependencies:\n${graph}\n` +
      `Digests to compare at the end:\n${digests}`
    );
  },
};

/** Prints each package with its workspace dependencies, then the first cycle, if any. */
function dependencyGraph(manifests: readonly string[]): string {
  return `
import { readFileSync } from 'node:fs';
const graph = new Map();
for (const path of ${JSON.stringify(manifests)}) {
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  graph.set(manifest.name, Object.keys(all).filter((name) => String(all[name]).startsWith('workspace:')));
}
for (const [name, needs] of graph) console.log(name + ' -> ' + (needs.join(', ') || 'nothing'));
function findCycle(name, path) {
  if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
  for (const next of graph.get(name) ?? []) {
    const cycle = findCycle(next, [...path, name]);
    if (cycle) return cycle;
  }
}
const cycle = [...graph.keys()].map((name) => findCycle(name, [])).find(Boolean);
console.log(cycle ? 'cycle: ' + cycle.join(' -> ') : 'no cycle');
`;
}

/** Prints the SHA-256 of each file that is there, as sha256sum does. */
export function digestsOf(paths: readonly string[]): string {
  return `
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
for (const path of ${JSON.stringify(paths)}.filter((path) => existsSync(path))) {
  console.log(createHash('sha256').update(readFileSync(path)).digest('hex') + '  ' + path);
}
`;
}
