import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

export type Decompressed =
  | { readonly outcome: 'read'; readonly bytes: Uint8Array }
  | { readonly outcome: 'too_large' }
  | { readonly outcome: 'unsupported' }
  | { readonly outcome: 'malformed' };

const gunzipAsync = promisify(gunzip);

/** Undoes a Content-Encoding. It stops at `maxBytes` of output, however small the input was. */
export async function decompress(
  bytes: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Decompressed> {
  if (encoding === undefined || encoding === 'identity') return { outcome: 'read', bytes };
  if (encoding.toLowerCase() !== 'gzip') return { outcome: 'unsupported' };
  try {
    return { outcome: 'read', bytes: await gunzipAsync(bytes, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { outcome: isTooLarge ? 'too_large' : 'malformed' };
  }
}
