import { S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { CompactError, itemRef, parseOptions } from '@clew/core';
import type {
  ArchiveContent,
  ArchiveEntry,
  ArchiveReceipt,
  ArchivedObject,
  ReadableArchive,
} from '@clew/core';
import type { Redactor } from '@clew/redaction';
import { z } from 'zod';
import { eventOf, objectOf } from '../archive-event.ts';
import { encodeEntry } from '../encode-entry.ts';
import type { EncodedEntry } from '../encode-entry.ts';
import { objectNames } from '../object-name.ts';
import { findObject, missingError, openObject } from '../read-object.ts';
import { sessionFolder } from '../session-folder.ts';
import { hasConditionalWrites } from './conditional-writes.ts';
import { orAborted } from './or-aborted.ts';
import { S3Bucket } from './s3-bucket.ts';
import { S3Events } from './s3-events.ts';

export type S3ArchiveOptions = {
  readonly bucket: string;
  /** What every key begins with, as a folder. Default: none. */
  readonly prefix?: string | undefined;
  /** Default: what the SDK finds in the environment or the profile. */
  readonly region?: string | undefined;
  /** For a service that speaks S3 and is not AWS. */
  readonly endpoint?: string | undefined;
  /** The bucket's name stands in the path, not in the host's name. Default: with an endpoint. */
  readonly forcePathStyle?: boolean | undefined;
  /** Encrypts with this KMS key (an id, an ARN or an alias). Default: as the bucket says. */
  readonly kmsKeyId?: string | undefined;
  /** Takes secrets out before anything is sent. */
  readonly redactor?: Redactor | undefined;
  /** Objects above this are sent in parts of this size, in bytes. At least 5 MiB; default 8 MiB. */
  readonly partBytes?: number | undefined;
  /** A client of your own, in the place of `region`, `endpoint` and `forcePathStyle`. */
  readonly client?: S3Client | undefined;
  readonly now?: (() => number) | undefined;
};

const Checked = z.object({
  bucket: z.string().min(1),
  prefix: z
    .string()
    .default('')
    .transform((text) => text.replace(/^\/+|\/+$/gu, '')),
  kmsKeyId: z.string().min(1).optional(),
  partBytes: z
    .number()
    .int()
    .min(5 * 1024 ** 2)
    .default(8 * 1024 ** 2),
});

/** How long finding out what the service can do may take, in milliseconds. */
const probeMillis = 15_000;

/**
 * Stores what leaves the context in a bucket: `{prefix}/{session}/transcript-pre-compact-001.jsonl`,
 * `summary-001.json`, and an object below `events/` for each of them: S3 appends to nothing.
 *
 * Credentials come from the SDK's default chain and nowhere else: a role, a profile, the environment. Nothing is ever
 * written over: by a conditional write, or where the service has none, under a name that holds the content's digest.
 */
export class S3Archive implements ReadableArchive {
  readonly name = 's3';
  readonly #bucket: S3Bucket;
  readonly #events: S3Events;
  readonly #prefix: string;
  readonly #redactor: Redactor | undefined;
  readonly #client: S3Client;
  #isConditional: Promise<boolean> | undefined;

  /** @throws CompactError `invalid_options` */
  constructor(options: S3ArchiveOptions) {
    const { bucket, prefix, kmsKeyId, partBytes } = parseOptions(
      Checked,
      options,
      'The options of S3Archive',
    );
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
    this.#redactor = options.redactor;
    this.#client = options.client ?? new S3Client(clientConfig(options));
    this.#bucket = new S3Bucket({ client: this.#client, bucket, kmsKeyId, partBytes });
    this.#events = new S3Events(this.#bucket, options.now ?? Date.now);
  }

  async store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt> {
    signal.throwIfAborted();
    const folder = this.#folder(entry.sessionId);
    const encoded = encodeEntry(entry, this.#redactor);
    const location = this.#bucket.uri(await this.#place(folder, entry, encoded, signal));
    const { digest } = encoded;
    await this.#events.append(folder, eventOf(entry, location, digest), signal);
    const isLines = entry.step === 'transcript';
    const refs = entry.items.map((_, index) => (isLines ? itemRef(location, index + 1) : location));
    return { location, digest, refs };
  }

  async *list(sessionId: string, signal: AbortSignal): AsyncIterable<ArchivedObject> {
    const folder = this.#folder(sessionId);
    const last = new Map<string, ArchivedObject>();
    for await (const event of this.#events.list(folder, signal)) {
      if (event.session_id !== sessionId) continue;
      const location = this.#bucket.uri(`${folder}${baseName(event.location)}`);
      // Told again, it moves to the end.
      last.delete(location);
      last.set(location, objectOf(event, location));
    }
    yield* last.values();
  }

  async read(sessionId: string, ref: string | ArchivedObject, signal: AbortSignal): Promise<ArchiveContent> {
    signal.throwIfAborted();
    // By name: the archive may have been moved, and no reference leads out of the session's folder.
    const isSame = (location: string, wanted: string) => baseName(location) === baseName(wanted);
    const object = await findObject(sessionId, ref, () => this.list(sessionId, signal), isSame);
    const text = await this.#bucket.get(`${this.#folder(sessionId)}${baseName(object.location)}`, signal);
    if (text === undefined) throw missingError(object.location);
    return openObject(object, text);
  }

  /** Lets go of the connections. */
  close(): void {
    this.#client.destroy();
  }

  /** @returns the key that holds it now */
  async #place(
    folder: string,
    entry: ArchiveEntry,
    { text, digest }: EncodedEntry,
    signal: AbortSignal,
  ): Promise<string> {
    const body = Buffer.from(text, 'utf8');
    const contentType = entry.step === 'transcript' ? 'application/jsonl' : 'application/json';
    const object = { body, contentType, metadata: { 'clew-sha256': digest } };
    const [plain = '', ...own] = objectNames(entry, digest).map((name) => `${folder}${name}`);
    if (!(await this.#canBeConditional(signal))) {
      // Whoever else writes there writes the same bytes.
      const key = own[0] ?? plain;
      await this.#bucket.put({ ...object, key, onlyIfAbsent: false }, signal);
      return key;
    }
    const isThere = async (key: string) => {
      const there = await this.#bucket.metadata(key, signal);
      return there === undefined ? 'nothing' : there['clew-sha256'] === digest ? 'the same' : 'other';
    };
    for (const key of [plain, ...own]) {
      // Much is not sent only to hear that the name is taken.
      let there = this.#bucket.isParted(body) ? await isThere(key) : 'nothing';
      if (there === 'nothing') {
        const placed = await this.#bucket.put({ ...object, key, onlyIfAbsent: true }, signal);
        if (placed === 'written') return key;
        there = await isThere(key);
      }
      if (there === 'the same') return key;
    }
    throw new CompactError({
      code: 'archive_failed',
      message: `Every name for ${digest} in ${this.#bucket.uri(folder)} is taken by an object with other bytes.`,
    });
  }

  /** Asked of the service once; again where it was out of reach. */
  async #canBeConditional(signal: AbortSignal): Promise<boolean> {
    if (this.#isConditional === undefined) {
      const key = `${this.#prefix}.conditional-writes`;
      this.#isConditional = hasConditionalWrites(this.#bucket, key, AbortSignal.timeout(probeMillis));
      this.#isConditional.catch(() => (this.#isConditional = undefined));
    }
    return orAborted(this.#isConditional, signal);
  }

  #folder(sessionId: string): string {
    return `${this.#prefix}${sessionFolder(sessionId)}/`;
  }
}

function clientConfig({ region, endpoint, forcePathStyle }: S3ArchiveOptions): S3ClientConfig {
  return {
    forcePathStyle: forcePathStyle ?? endpoint !== undefined,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function baseName(location: string): string {
  return location.slice(location.lastIndexOf('/') + 1);
}
