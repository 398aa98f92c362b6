import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type {
  AbortMultipartUploadCommandInput,
  CompletedPart,
  CreateMultipartUploadCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { orAborted } from './or-aborted.ts';
import { refusalOf } from './s3-error.ts';

export type PartedUpload = {
  readonly client: S3Client;
  readonly target: { readonly Bucket: string; readonly Key: string };
  readonly about: Omit<CreateMultipartUploadCommandInput, 'Bucket' | 'Key'>;
  /** Looked at when the parts become one object. */
  readonly condition: { readonly IfNoneMatch?: string };
  readonly body: Buffer;
  /** At least 5 MiB: the service takes no smaller part but the last. */
  readonly partBytes: number;
};

/** Parts under way at once. */
const concurrency = 4;
/** How long beginning may take, in milliseconds: it does not end with the caller's signal. */
const beginMillis = 30_000;
/** How long taking the parts back may take, in milliseconds. */
const abortMillis = 5000;

/**
 * Sends an object in parts: all of it is there, or nothing. Where a part fails or the caller gives up, the others are
 * stopped at once and what has arrived is taken back; what cannot be (the service is gone) is left to a lifecycle rule
 * of the bucket.
 */
export async function uploadInParts(upload: PartedUpload, signal: AbortSignal): Promise<void> {
  const { client, target, condition } = upload;
  const part = { ...target, UploadId: await begin(upload, signal) };
  try {
    const Parts = await sendParts(upload, part, signal);
    await client.send(
      new CompleteMultipartUploadCommand({ ...part, ...condition, MultipartUpload: { Parts } }),
      { abortSignal: signal },
    );
  } catch (error) {
    await takeBack(client, part);
    throw error;
  }
}

/** What was begun and nobody waits for is taken back: without its id nobody else could. */
async function begin(
  { client, target, about }: PartedUpload,
  signal: AbortSignal,
): Promise<string | undefined> {
  const command = new CreateMultipartUploadCommand({ ...target, ...about, ChecksumAlgorithm: 'CRC32' });
  const begun = client.send(command, { abortSignal: AbortSignal.timeout(beginMillis) });
  try {
    const { UploadId } = await orAborted(begun, signal);
    return UploadId;
  } catch (error) {
    begun.then(({ UploadId }) => takeBack(client, { ...target, UploadId })).catch(() => {});
    throw error;
  }
}

/** Tried a few times: what was under way a moment ago has just lost its connections. */
async function takeBack(client: S3Client, part: AbortMultipartUploadCommandInput): Promise<void> {
  const abortSignal = AbortSignal.timeout(abortMillis);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await client.send(new AbortMultipartUploadCommand(part), { abortSignal });
      return;
    } catch (error) {
      if (refusalOf(error).status === 404 || abortSignal.aborted) return;
    }
  }
}

async function sendParts(
  { client, body, partBytes }: PartedUpload,
  target: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined },
  signal: AbortSignal,
): Promise<CompletedPart[]> {
  const count = Math.ceil(body.length / partBytes);
  const parts: CompletedPart[] = [];
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      const command = new UploadPartCommand({
        ...target,
        PartNumber: index + 1,
        Body: body.subarray(index * partBytes, (index + 1) * partBytes),
        ChecksumAlgorithm: 'CRC32',
      });
      const { ETag, ChecksumCRC32 } = await client.send(command, { abortSignal: either });
      parts[index] = {
        PartNumber: index + 1,
        ETag,
        ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }),
      };
    }
  };
  const workers = Array.from({ length: Math.min(concurrency, count) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(workers);
    throw error;
  }
  return parts;
}
