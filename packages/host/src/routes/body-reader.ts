import type { Readable } from 'node:stream';

type Body =
  | { readonly outcome: 'read'; readonly bytes: Buffer }
  /** `size` is how much came. */
  | { readonly outcome: 'too_large'; readonly size: number }
  /** The host holds as many bytes of bodies as it may. */
  | { readonly outcome: 'busy' }
  /** The sender left before the end. */
  | { readonly outcome: 'aborted' };

/** Reads bodies, within a bound for all of them together. */
export interface BodyReader {
  /**
   * Reads a body of at most `maxBytes`, whether it declares its length or not, and never holds more than that. The
   * rest of a larger one is discarded first, because many senders read no answer before they have sent all.
   */
  read(request: Readable, maxBytes: number): Promise<Body>;
}

/** How much of a body that is too large is still taken in and thrown away. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

/** `maxHeldBytes` is for all bodies that are being read at one time. */
export function createBodyReader(maxHeldBytes: number): BodyReader {
  let held = 0;

  function read(request: Readable, maxBytes: number): Promise<Body> {
    const chunks: Buffer[] = [];
    let size = 0;
    let holding = 0;
    let isBusy = false;

    return new Promise((resolve) => {
      const settle = (body: Body): void => {
        request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
        release();
        resolve(body);
      };
      const release = (): void => {
        held -= holding;
        holding = 0;
        chunks.length = 0;
      };
      const onData = (chunk: Buffer): void => {
        size += chunk.byteLength;
        isBusy ||= held + chunk.byteLength > maxHeldBytes;
        if (size > maxBytes || isBusy) release();
        else {
          chunks.push(chunk);
          holding += chunk.byteLength;
          held += chunk.byteLength;
        }
        if (size > maxBytes + MAX_DISCARDED_BYTES) onEnd();
      };
      const onEnd = (): void => {
        if (size > maxBytes) return settle({ outcome: 'too_large', size });
        if (isBusy) return settle({ outcome: 'busy' });
        const [only] = chunks;
        const bytes = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
        settle({ outcome: 'read', bytes });
      };
      const onGone = (): void => settle({ outcome: 'aborted' });
      request.on('data', onData).once('end', onEnd).once('error', onGone).once('close', onGone);
      if (request.destroyed || request.readableEnded) onGone();
    });
  }

  return { read };
}
