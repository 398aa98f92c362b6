import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createScratchCopy } from './scratch-copy.ts';
import { createSampleRepository } from './testing/sample-repository.ts';

test('the copy has the sources and nothing else, and goes away', async () => {
  const sample = await createSampleRepository();
  try {
    const copy = await createScratchCopy(sample.root);
    const has = (path: string) => existsSync(join(copy.root, path));
    expect(has('packages/core/src/items.ts')).toBe(true);
    expect([has('node_modules'), has('.env')]).toEqual([false, false]);
    await writeFile(join(copy.root, 'README.md'), 'changed');
    await copy.dispose();
    await copy.dispose();
    expect(existsSync(copy.root)).toBe(false);
    expect(existsSync(join(sample.root, 'README.md'))).toBe(true);
  } finally {
    await sample.dispose();
  }
});
