import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import { uploadInParts } from './upload-in-parts.ts';
import { refusalOf, s3Error } from './s3-error.ts';

export type S3BucketOptions = {
  readonly client: S3Client;
  readonly bucket: string;
  /** A customer's key that the service encrypts with; else what the bucket says. */
  readonly kmsKeyId: string | undefined;
  /** An object larger than this is sent in parts of this size. */
  readonly partBytes: number;
};

export type S3Put = {
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Leave what is there already as it is. */
  readonly onlyIfAbsent: boolean;
};

/** `taken`: something is there already; `unsupported`: the service cannot promise to leave it as it is. */
export type S3Placed = 'written' | 'taken' | 'unsupported';

/** How often a write is tried again where another of the same key was under way. */
const conflictTries = 6;

/** One bucket: the requests of an archive, each within its signal, and errors that say what to do. */
export class S3Bucket {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #partBytes: number;
  readonly #encryption: Pick<
    PutObjectCommandInput,
    'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'
  >;

  constructor({ client, bucket, kmsKeyId, partBytes }: S3BucketOptions) {
    this.#client = client;
    this.#bucket = bucket;
    this.#partBytes = partBytes;
    this.#encryption =
      kmsKeyId === undefined
        ? {}
        : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId, BucketKeyEnabled: true };
  }

  /** Whether an object is sent in parts: their condition is looked at when all of them are there. */
  isParted(body: Buffer): boolean {
    return body.length > this.#partBytes;
  }

  uri(key: string): string {
    return `s3://${this.#bucket}/${key}`;
  }

  async put(object: S3Put, signal: AbortSignal): Promise<S3Placed> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#send(object, signal);
        return 'written';
      } catch (error) {
        signal.throwIfAborted();
        const { code, status } = refusalOf(error);
        if (object.onlyIfAbsent && (status === 412 || code === 'PreconditionFailed')) return 'taken';
        if (object.onlyIfAbsent && (status === 501 || code === 'NotImplemented')) return 'unsupported';
        const isConflict = status === 409 || code === 'ConditionalRequestConflict';
        if (!isConflict || attempt >= conflictTries)
          throw s3Error(`PutObject ${this.uri(object.key)}`, error);
        await sleep(25 * 2 ** attempt, undefined, { signal });
      }
    }
  }

  /** @returns `undefined` where there is nothing */
  async get(key: string, signal: AbortSignal): Promise<string | undefined> {
    return this.#found(`GetObject ${this.uri(key)}`, signal, async () => {
      const command = new GetObjectCommand({ Bucket: this.#bucket, Key: key });
      const { Body } = await this.#client.send(command, { abortSignal: signal });
      return Body?.transformToString('utf8') ?? '';
    });
  }

  /** What was put beside an object; `undefined` where there is none. */
  async metadata(key: string, signal: AbortSignal): Promise<Readonly<Record<string, string>> | undefined> {
    return this.#found(`HeadObject ${this.uri(key)}`, signal, async () => {
      const command = new HeadObjectCommand({ Bucket: this.#bucket, Key: key });
      const { Metadata } = await this.#client.send(command, { abortSignal: signal });
      return Metadata ?? {};
    });
  }

  /** The keys that begin so, in their order, a page at a time. */
  async *keys(prefix: string, signal: AbortSignal): AsyncIterable<readonly string[]> {
    let token: string | undefined;
    do {
      const command: ListObjectsV2Command = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      signal.throwIfAborted();
      const page = await this.#client.send(command, { abortSignal: signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        throw s3Error(`ListObjectsV2 ${this.uri(prefix)}`, error);
      });
      yield page.Contents?.flatMap(({ Key }) => Key ?? []) ?? [];
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async #send({ key, body, contentType, metadata, onlyIfAbsent }: S3Put, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const target = { Bucket: this.#bucket, Key: key };
    const about = {
      ContentType: contentType,
      ...(metadata === undefined ? {} : { Metadata: metadata }),
      ...this.#encryption,
    };
    const condition = onlyIfAbsent ? { IfNoneMatch: '*' } : {};
    if (this.isParted(body)) {
      const upload = { client: this.#client, target, about, condition, body, partBytes: this.#partBytes };
      return uploadInParts(upload, signal);
    }
    const command = new PutObjectCommand({ ...target, ...about, ...condition, Body: body });
    await this.#client.send(command, { abortSignal: signal });
  }

  async #found<TValue>(
    request: string,
    signal: AbortSignal,
    work: () => Promise<TValue>,
  ): Promise<TValue | undefined> {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const { code, status } = refusalOf(error);
      // Of the bucket the same is said with the same status, but it is no answer to what was asked.
      if (code !== 'NoSuchBucket' && (status === 404 || code === 'NoSuchKey' || code === 'NotFound'))
        return undefined;
      throw s3Error(request, error);
    }
  }
}
