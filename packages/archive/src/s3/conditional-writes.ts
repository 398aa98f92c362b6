import type { S3Bucket } from './s3-bucket.ts';

/**
 * Whether the service leaves an object as it is when it is told to, found out by trying: some refuse the header, and
 * some take it and write over the object all the same.
 *
 * @param key of an object that is left behind, so that the next process asks once
 */
export async function hasConditionalWrites(
  bucket: S3Bucket,
  key: string,
  signal: AbortSignal,
): Promise<boolean> {
  const body = Buffer.from('Whether this service writes over what is there was tried here.\n');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const placed = await bucket.put({ key, body, contentType: 'text/plain', onlyIfAbsent: true }, signal);
    if (placed !== 'written') return placed === 'taken';
  }
  return false;
}
