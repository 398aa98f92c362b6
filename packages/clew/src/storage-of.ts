import { FsArchive, FsSessionStore } from '@clew/archive';
import type { Archive, CompactManagerOptions } from '@clew/core';
import type { Redactor } from '@clew/redaction';
import type { ClewOptions } from './clew-options.ts';
import type { ConfigFile } from './config.ts';

type Storage = Pick<
  CompactManagerOptions<never>,
  'archive' | 'isArchiveRequired' | 'archiveTimeoutMillis' | 'store'
>;

/** What the code gives, else what the configuration names. */
export function storageOf(
  options: Pick<ClewOptions, 'archive' | 'store'>,
  { storage }: Pick<ConfigFile, 'storage'>,
  redactor: Redactor,
): Storage {
  const { required, timeout_millis: archiveTimeoutMillis, sessions_path: path } = storage;
  return {
    archive: options.archive ?? archiveOf(storage, redactor),
    isArchiveRequired: required,
    archiveTimeoutMillis,
    store: options.store ?? (path === undefined ? undefined : new FsSessionStore({ path })),
  };
}

function archiveOf({ adapter, path }: ConfigFile['storage'], redactor: Redactor): Archive | undefined {
  switch (adapter) {
    case 'fs':
      return new FsArchive({ path, redactor });
    case 'none':
      return undefined;
  }
}
