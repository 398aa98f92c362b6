import { FsArchive, FsSessionStore } from '@clew/archive';
import { CompactError } from '@clew/core';
import type { Archive, CompactManagerOptions } from '@clew/core';
import type { SinkLog } from '@clew/exporters';
import type { Redactor } from '@clew/redaction';
import type { ClewOptions } from './clew-options.ts';
import type { ConfigFile } from './config.ts';

type Storage = Pick<
  CompactManagerOptions<never>,
  'archive' | 'isArchiveRequired' | 'archiveTimeoutMillis' | 'store'
>;

const dayMillis = 24 * 3_600_000;

/**
 * What the code gives, else what the configuration names.
 * @throws CompactError `invalid_options`
 */
export async function storageOf(
  options: Pick<ClewOptions, 'archive' | 'store'>,
  { storage }: Pick<ConfigFile, 'storage'>,
  redactor: Redactor,
  log: SinkLog,
): Promise<Storage> {
  const {
    required,
    timeout_millis: archiveTimeoutMillis,
    sessions_path: path,
    retention_days: days,
  } = storage;
  const idle = days === undefined ? {} : { maxIdleMillis: days * dayMillis };
  return {
    archive: options.archive ?? (await archiveOf(storage, redactor, log)),
    isArchiveRequired: required,
    archiveTimeoutMillis,
    store: options.store ?? (path === undefined ? undefined : new FsSessionStore({ path, ...idle })),
  };
}

async function archiveOf(
  storage: ConfigFile['storage'],
  redactor: Redactor,
  log: SinkLog,
): Promise<Archive | undefined> {
  switch (storage.adapter) {
    case 'fs':
      return fsArchiveOf(storage, redactor, log);
    case 's3':
      return s3ArchiveOf(storage, redactor);
    case 'custom':
      throw invalid(
        'storage.adapter is custom, and the code gives no archive: pass one as clew({ archive }).',
      );
    case 'none':
      return undefined;
  }
}

function fsArchiveOf(storage: ConfigFile['storage'], redactor: Redactor, log: SinkLog): Archive {
  const {
    path,
    retention_days: days,
    retention_compactions: maxCompactions,
    retention_bytes: maxBytes,
  } = storage;
  const maxAgeMillis = days === undefined ? undefined : Math.ceil(days * dayMillis);
  return new FsArchive({
    path,
    redactor,
    retention: { maxAgeMillis, maxCompactions, maxBytes },
    onSweep: ({ failed }) => {
      const [first] = failed;
      if (first === undefined) return;
      log(
        'warn',
        `clew: ${failed.length} archived files could not be removed, ${first.location}: ${first.message}`,
      );
    },
  });
}

/** The AWS SDK is loaded by those who use it. */
async function s3ArchiveOf(
  { bucket, prefix, region, endpoint, kms_key_id: kmsKeyId }: ConfigFile['storage'],
  redactor: Redactor,
): Promise<Archive> {
  if (bucket === undefined)
    throw invalid('storage.bucket is needed where storage.adapter is s3, got nothing.');
  const { S3Archive } = await import('@clew/archive/s3').catch((cause: unknown) => {
    throw invalid('storage.adapter is s3, which needs the AWS SDK: install @aws-sdk/client-s3.', cause);
  });
  return new S3Archive({ bucket, prefix, region, endpoint, kmsKeyId, redactor });
}

function invalid(message: string, cause?: unknown): CompactError {
  return new CompactError({ code: 'invalid_options', message, cause });
}
