import { access, constants, mkdir, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ReadableArchive } from '@clew/core';
import { createRedactor } from '@clew/redaction';
import type { ConfigFile } from './config.ts';
import { storageOf } from './storage-of.ts';

export type StorageProbe = {
  /** `archive` or `sessions`. */
  readonly name: string;
  readonly isOk: boolean;
  readonly message: string;
};

/** Whether what the engine stores could be stored and read now. Nothing is left behind. */
export async function probeStorage(config: ConfigFile): Promise<readonly StorageProbe[]> {
  const { adapter, path, bucket, sessions_path: sessions } = config.storage;
  const probes: StorageProbe[] = [];
  if (adapter === 'fs') probes.push(await attempt('archive', `fs, ${path}`, () => canWrite(path)));
  if (adapter === 's3')
    probes.push(await attempt('archive', `s3, ${bucket ?? 'no bucket'}`, () => canList(config)));
  if (adapter === 'none') probes.push({ name: 'archive', isOk: true, message: 'none: what leaves is gone' });
  if (sessions !== undefined) probes.push(await attempt('sessions', sessions, () => canWrite(sessions)));
  return probes;
}

async function attempt(name: string, where: string, work: () => Promise<void>): Promise<StorageProbe> {
  try {
    await work();
    return { name, isOk: true, message: `${where} can be used` };
  } catch (error) {
    return { name, isOk: false, message: `${where} cannot be used: ${String(error)}` };
  }
}

async function canWrite(given: string): Promise<void> {
  const path = resolve(given);
  const made = await mkdir(path, { recursive: true });
  await access(path, constants.R_OK | constants.W_OK);
  // What was not there is taken away again, folder by folder.
  if (made === undefined) return;
  let folder = path;
  while (folder !== made) {
    await rmdir(folder);
    folder = dirname(folder);
  }
  await rmdir(made);
}

/** Credentials, region and bucket: all that a list needs, a store needs too. */
async function canList(config: ConfigFile): Promise<void> {
  const { archive } = await storageOf({}, config, createRedactor(config.redaction), () => {});
  const signal = AbortSignal.timeout(config.storage.timeout_millis);
  for await (const _ of (archive as ReadableArchive).list('compactctl-doctor', signal)) return;
}
