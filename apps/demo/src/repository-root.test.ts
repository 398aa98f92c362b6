import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './repository-root.ts';

test('the repository is the nearest folder with a workspace file', () => {
  expect(existsSync(join(repositoryRoot(import.meta.url), 'apps/demo/package.json'))).toBe(true);
});

test('where there is none, the error says what is needed', () => {
  expect(() => repositoryRoot('file:///nowhere/at/all.js')).toThrow(
    /pnpm-workspace\.yaml.*Run the demo from a checkout/u,
  );
});
