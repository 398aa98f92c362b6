import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Inspected } from './inspector.ts';

/** Ids are hashed by so many at a time: one call for each would cost more than the hash. */
const idsAtOnce = 512;

/**
 * Names prefixes of a history by the content and the order of their items: one pass of one hash over the ids, read
 * at each of the lengths. A length beyond the end has no digest.
 */
export function prefixDigests(
  items: readonly Pick<Inspected<unknown>, 'id'>[],
  lengths: Iterable<number>,
): ReadonlyMap<number, string> {
  const hash = sha256.create();
  const digests = new Map<number, string>();
  let end = 0;
  for (const length of [...new Set(lengths)].toSorted((left, right) => left - right)) {
    if (length > items.length) break;
    while (end < length) {
      const start = end;
      end = Math.min(length, start + idsAtOnce);
      hash.update(
        utf8ToBytes(
          items
            .slice(start, end)
            .map(({ id }) => id)
            .join(''),
        ),
      );
    }
    digests.set(length, bytesToHex(hash.clone().digest().subarray(0, 16)));
  }
  return digests;
}

/** The digest of the whole of it. */
export function digestOfAll(items: readonly Pick<Inspected<unknown>, 'id'>[]): string {
  return prefixDigests(items, [items.length]).get(items.length) ?? '';
}
