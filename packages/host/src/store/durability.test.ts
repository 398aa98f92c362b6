import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createDurability, noDurability } from './durability.ts';

const folder = mkdtempSync(join(tmpdir(), 'clew-durability-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets any number of commits wait for one flush, each for one that began after it', async () => {
  const path = join(folder, 'a.db');
  writeFileSync(`${path}-wal`, 'log');
  const durability = createDurability(path);
  const first = durability.sync();
  const second = durability.sync();
  expect(durability.sync()).toBe(second);
  expect(second).not.toBe(first);
  await Promise.all([first, second]);
  await durability.sync();
  await durability.close();
});

it('fails those who wait when the disk does, and tries again for the next', async () => {
  const path = join(folder, 'b.db');
  const durability = createDurability(path);
  const waiting = [durability.sync(), durability.sync()];
  expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  writeFileSync(`${path}-wal`, 'log');
  await durability.sync();
  await durability.close();
});

it('does not wait for a database in memory', async () => {
  await expect(noDurability.sync()).resolves.toBeUndefined();
  await noDurability.close();
});
