import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart, CreateMultipartUploadCommandInput, S3Client } from '@aws-sdk/client-s3';

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
/** How long taking the parts back may take, in milliseconds. */
const abortMillis = 5000;

/**
 * Sends an object in parts: all of it is there, or nothing. Where a part fails or the caller gives up, the others are
 * stopped at once and what has arrived is taken back; what cannot be (the service is gone) is left to a lifecycle rule
 * of the bucket.
 */
export async function uploadInParts(upload: PartedUpload, signal: AbortSignal): Promise<void> {
  const { client, target, about, condition } = upload;
  const created = await client.send(
    new CreateMultipartUploadCommand({ ...target, ...about, ChecksumAlgorithm: 'CRC32' }),
    { abortSignal: signal },
  );
  const part = { ...target, UploadId: created.UploadId };
  try {
    const Parts = await sendParts(upload, part, signal);
    await client.send(
      new CompleteMultipartUploadCommand({ ...part, ...condition, MultipartUpload: { Parts } }),
      { abortSignal: signal },
    );
  } catch (error) {
    const command = new AbortMultipartUploadCommand(part);
    await client.send(command, { abortSignal: AbortSignal.timeout(abortMillis) }).catch(() => {});
    throw error;
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
