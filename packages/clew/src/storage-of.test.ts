import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FsArchive, MemoryArchive } from '@clew/archive';
import { S3Archive } from '@clew/archive/s3';
import { CompactManager, MemorySessionStore, chat } from '@clew/core';
import { conversation } from '@clew/core/testing';
import { createRedactor } from '@clew/redaction';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from './config.ts';
import type { ConfigInput } from './config.ts';
import { loadConfig } from './load-config.ts';
import { storageOf } from './storage-of.ts';

const { signal } = new AbortController();
let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-storage-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const lines: string[] = [];
const log = (_level: string, text: string) => void lines.push(text);

const talk = (turns: number) =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(60)} password=hunter22`,
      answer: `Answer ${index}: ${'because '.repeat(30)}`,
    })),
  );

async function managerWith(storage: NonNullable<ConfigInput['storage']>) {
  const config = parseConfig({ storage }, 'a test');
  return new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    ...(await storageOf({}, config, createRedactor(), log)),
  });
}

const items = talk(40);

describe('the storage of a configuration', () => {
  it('archives in its folder, without secrets, and finds there what left', async () => {
    const manager = await managerWith({ path });
    expect((await manager.preflight({ sessionId: 's', items })).outcome).toBe('compacted');
    const { items: found } = await manager.recall('s', { query: 'question 3' });
    expect(found[0]?.text).toContain('Question 3:');
    expect(JSON.stringify(found)).not.toContain('hunter22');
  });

  it('keeps sessions for the next process where they have a folder', async () => {
    const storage = { adapter: 'none', sessions_path: join(path, 'sessions') } as const;
    const first = await (await managerWith(storage)).preflight({ sessionId: 's', items });
    const next = await (await managerWith(storage)).preflight({ sessionId: 's', items });
    expect(next).toMatchObject({ outcome: 'noop_below', reapplied: 'applied', items: first.items });
    expect(await readdir(join(path, 'sessions', 's'))).toEqual(['state.json']);
  });

  it('does not compact what could not be archived, where that is required', async () => {
    // A folder that cannot be: its parent is a device.
    const manager = await managerWith({ path: '/dev/null/archive', required: true });
    const result = await manager.preflight({ sessionId: 's', items });
    expect(result).toMatchObject({ outcome: 'failed', items, error: { code: 'archive_failed' } });
    const lenient = await managerWith({ path: '/dev/null/archive' });
    expect((await lenient.preflight({ sessionId: 's', items })).outcome).toBe('compacted');
  });

  it('keeps no more than it shall', async () => {
    const manager = await managerWith({ path, retention_days: 30, retention_compactions: 1 });
    let sequence = 0;
    for (let turns = 40; turns <= 160; turns += 20) {
      ({ sequence } = await manager.preflight({ sessionId: 's', items: talk(turns) }));
    }
    expect(sequence).toBeGreaterThan(2);
    // A sweep is under way behind the first entry; the next is an hour off.
    const config = parseConfig({ storage: { path, retention_compactions: 1 } }, 'a test');
    const { archive } = await storageOf({}, config, createRedactor(), log);
    expect(archive instanceof FsArchive && (await archive.sweep(signal)).removed).not.toEqual([]);
    const numbers = (await readdir(join(path, 's'))).flatMap((name) => /-(\d+)\.json/u.exec(name)?.[1] ?? []);
    expect(new Set(numbers)).toEqual(new Set([String(sequence).padStart(3, '0')]));
    expect(lines).toEqual([]);
  });

  it('gives way to what the code gives', async () => {
    const archive = new MemoryArchive();
    const store = new MemorySessionStore();
    for (const adapter of ['fs', 'custom'] as const) {
      const config = parseConfig({ storage: { path, adapter } }, 'a test');
      const storage = await storageOf({ archive, store }, config, createRedactor(), log);
      expect(storage).toMatchObject({ archive, store });
    }
  });

  it('may be a bucket, from a file or the environment', async () => {
    const environment = {
      COMPACT_STORAGE_ADAPTER: 's3',
      COMPACT_STORAGE_BUCKET: 'sessions',
      COMPACT_STORAGE_PREFIX: 'team-a',
      COMPACT_STORAGE_REGION: 'eu-central-1',
      COMPACT_STORAGE_KMS_KEY_ID: 'alias/sessions',
    };
    const config = await loadConfig({ directory: path, environment });
    // Told to every process on an older Node, once: nothing prints in a test.
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    const { archive } = await storageOf({}, config, createRedactor(), log);
    vi.unstubAllEnvs();
    expect(archive).toBeInstanceOf(S3Archive);
    expect(config.storage).toMatchObject({
      bucket: 'sessions',
      prefix: 'team-a',
      kms_key_id: 'alias/sessions',
    });
  });

  it.each([
    ['s3', /storage\.bucket is needed/u],
    ['custom', /pass one as clew\(\{ archive \}\)/u],
  ] as const)('says what %s lacks', async (adapter, message) => {
    const config = parseConfig({ storage: { adapter } }, 'a test');
    await expect(storageOf({}, config, createRedactor(), log)).rejects.toThrow(message);
  });
});
