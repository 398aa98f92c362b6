import { StoredSpan } from '../wire.ts';

/** A span out of the text that is sent for it. */
export function parseSpan(json: string): StoredSpan {
  return StoredSpan.parse(JSON.parse(json));
}
