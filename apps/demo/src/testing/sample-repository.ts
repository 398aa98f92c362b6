import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const sampleFiles: Readonly<Record<string, string>> = {
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  LICENSE: 'MIT License\n\nPermission is hereby granted.\n',
  'README.md': '# Sample\n\nWhat it is for.\n\n## Use\n\nUse it.\n',
  'package.json': '{ "name": "sample", "private": true }\n',
  'docs/check.mjs':
    "import { existsSync } from 'node:fs';\n\nprocess.exitCode = existsSync('README.md') ? 0 : 1;\n",
  'packages/core/package.json':
    '{ "name": "@sample/core", "version": "1.2.3", "description": "The core." }\n',
  'packages/core/src/limits.ts': 'export const MAX_ITEM_COUNT = 12;\n',
  'packages/core/src/items.ts': [
    "import { z } from 'zod';",
    "import { MAX_ITEM_COUNT } from './limits.ts';",
    '',
    'export const Item = z.object({ id: z.string() });',
    'export const Items = z.array(Item);',
    '',
    'export function checkItems(items: readonly unknown[]): void {',
    '  if (items.length > MAX_ITEM_COUNT) {',
    "    throw new Error('too many');",
    '  }',
    '}',
    '',
  ].join('\n'),
  'packages/core/src/items.test.ts': "import { test } from 'vitest';\n\ntest('nothing', () => {});\n",
  'packages/app/package.json':
    '{ "name": "@sample/app", "version": "0.1.0", "description": "The app.", "dependencies": { "@sample/core": "workspace:*" } }\n',
  'packages/app/src/main.ts': [
    "import { checkItems } from '../../core/src/items.ts';",
    '',
    '/** Starts. */',
    'export async function main(): Promise<void> {',
    '  await Promise.resolve();',
    '  checkItems([]);',
    '}',
    '',
  ].join('\n'),
  'node_modules/left/index.js': 'export {};\n',
  '.env': 'SECRET=1\n',
};

/** A small monorepo in a folder of its own, for the tools and tasks to work on. */
export async function createSampleRepository(
  files: Readonly<Record<string, string>> = sampleFiles,
): Promise<{ readonly root: string; dispose(): Promise<void> }> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'clew-demo-sample-')));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, dispose: () => rm(root, { recursive: true, force: true }) };
}
