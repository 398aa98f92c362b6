import { itemRef } from '@clew/core';
import type {
  ArchiveContent,
  ArchiveEntry,
  ArchiveReceipt,
  ArchivedObject,
  ReadableArchive,
} from '@clew/core';
import { encodeEntry } from './encode-entry.ts';
import { objectNames } from './object-name.ts';
import { findObject, openObject } from './read-object.ts';

type Kept = { readonly entry: ArchiveEntry; readonly object: ArchivedObject; readonly text: string };

/** Keeps what leaves in this process: for tests, and where nothing may touch a disk. */
export class MemoryArchive implements ReadableArchive {
  readonly name = 'memory';
  readonly #kept = new Map<string, Kept>();

  get entries(): readonly ArchiveEntry[] {
    return [...this.#kept.values()].map(({ entry }) => entry);
  }

  async store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt> {
    signal.throwIfAborted();
    const { text, digest } = encodeEntry(entry);
    const { items, sessionId, ...rest } = entry;
    const location = objectNames(entry, digest)
      .map((name) => `memory:${sessionId}/${name}`)
      .find((name) => (this.#kept.get(name)?.object.digest ?? digest) === digest);
    if (location === undefined) throw new Error(`Every name for ${digest} is taken.`);
    const object = { ...rest, sessionId, location, digest, itemCount: items.length };
    this.#kept.set(location, { entry, object, text });
    const refs = items.map((_, index) =>
      entry.step === 'transcript' ? itemRef(location, index + 1) : location,
    );
    return { location, digest, refs };
  }

  async *list(sessionId: string, signal: AbortSignal): AsyncIterable<ArchivedObject> {
    for (const { object } of this.#kept.values()) {
      signal.throwIfAborted();
      if (object.sessionId === sessionId) yield object;
    }
  }

  async read(sessionId: string, ref: string | ArchivedObject, signal: AbortSignal): Promise<ArchiveContent> {
    signal.throwIfAborted();
    const isSame = (location: string, wanted: string) => location === wanted;
    const object = await findObject(sessionId, ref, () => this.list(sessionId, signal), isSame);
    return openObject(object, this.#kept.get(object.location)?.text ?? '');
  }
}
