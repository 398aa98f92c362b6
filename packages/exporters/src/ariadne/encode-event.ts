import type { AriadneEvent } from './ariadne-event.ts';
import { trimEvent } from './trim-event.ts';

/** One event as the bytes that will be sent; `undefined` where it cannot be made to fit. */
export function encodeEvent(event: AriadneEvent, maxBytes: number): Buffer | undefined {
  const encoded = Buffer.from(JSON.stringify(event));
  if (encoded.length <= maxBytes) {
    return encoded;
  }
  const trimmed = event.type === 'span' ? trimEvent(event, maxBytes) : undefined;
  const bytes = trimmed === undefined ? undefined : Buffer.from(JSON.stringify(trimmed));
  return bytes !== undefined && bytes.length <= maxBytes ? bytes : undefined;
}
