import type { HonoRequest } from 'hono';

export type Body =
  | { readonly outcome: 'read'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `size` is how much came. */
  | { readonly outcome: 'too_large'; readonly size: number };

/** How much of a body that is too large is still taken in and thrown away. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

/**
 * Reads a body of at most `maxBytes`, whether it declares its length or not, and never holds more than that.
 * The rest of a larger one is discarded first, because many senders read no answer before they have sent all.
 */
export async function readBody(request: HonoRequest, maxBytes: number): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.raw.body?.getReader();
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    size += next.value.byteLength;
    if (size <= maxBytes) chunks.push(next.value);
    else chunks.length = 0;
    if (size > maxBytes + MAX_DISCARDED_BYTES) break;
  }
  if (size > maxBytes) return { outcome: 'too_large', size };
  return { outcome: 'read', bytes: new Uint8Array(Buffer.concat(chunks, size)) };
}
