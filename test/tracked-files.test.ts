import { execFileSync } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const kinds = new Set([
  '.css',
  '.html',
  '.js',
  '.json',
  '.md',
  '.mjs',
  '.png',
  '.sh',
  '.svg',
  '.ts',
  '.tsx',
  '.txt',
  '.yaml',
  '.yml',
]);
const named = new Set(['.ci/run', '.gitignore', 'LICENSE']);

function trackedFiles(): readonly string[] | undefined {
  try {
    return execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
      .trim()
      .split('\n');
  } catch {
    return undefined;
  }
}

const tracked = trackedFiles();

it.skipIf(tracked === undefined)(
  'nothing is committed but what was written here (skipped outside of a clone)',
  () => {
    const others = (tracked ?? []).filter(
      (file) => !kinds.has(extname(file)) && !named.has(file) && !file.endsWith('/LICENSE'),
    );
    expect(others).toEqual([]);
  },
);
