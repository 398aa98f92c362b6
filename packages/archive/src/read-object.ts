import { CompactError, splitRef } from '@clew/core';
import type { ArchiveContent, ArchivedObject } from '@clew/core';
import { decodeEntry, digestOf } from './encode-entry.ts';

/** The object that a reference leads to: what was listed of this session, a location, an item in it, or a digest. */
export async function findObject(
  sessionId: string,
  ref: string | ArchivedObject,
  list: () => AsyncIterable<ArchivedObject>,
  isSame: (location: string, wanted: string) => boolean,
): Promise<ArchivedObject> {
  if (typeof ref !== 'string') {
    if (ref.sessionId === sessionId) return ref;
    throw missingError(ref.location);
  }
  const { location } = splitRef(ref);
  for await (const object of list()) {
    if (object.digest === ref || isSame(object.location, ref) || isSame(object.location, location)) {
      return object;
    }
  }
  throw missingError(ref);
}

export function missingError(ref: string): CompactError {
  return new CompactError({
    code: 'archive_missing',
    message: `The archive has nothing of this session at ${ref}: was it moved, deleted or cut off by a retention rule?`,
    details: { ref },
  });
}

/** @throws CompactError `archive_corrupt` where the text is not what was stored */
export function openObject(object: ArchivedObject, text: string): ArchiveContent {
  const digest = digestOf(text);
  if (digest !== object.digest) {
    throw new CompactError({
      code: 'archive_corrupt',
      message: `${object.location} is not what was stored: its SHA-256 is ${digest}, not ${object.digest}.`,
      details: { location: object.location, expected: object.digest, actual: digest },
    });
  }
  return { object, items: decodeEntry(object.step, object.itemCount, text) };
}
