import { itemRef, splitRef } from '../archive.ts';
import type {
  ArchiveContent,
  ArchiveEntry,
  ArchiveReceipt,
  ArchivedObject,
  ReadableArchive,
} from '../archive.ts';
import { canonicalJson } from '../canonical-json.ts';
import { digestOf } from '../digest.ts';
import { CompactError } from '../errors.ts';

/** An archive in memory, for the engine's own tests: the packages with the real ones build on this one. */
export class HeldArchive implements ReadableArchive {
  readonly name = 'held';
  readonly #objects = new Map<string, { readonly object: ArchivedObject; readonly json: string }>();
  /** Locations that can no longer be read. */
  readonly lost = new Set<string>();

  async store({ items, ...entry }: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt> {
    signal.throwIfAborted();
    const json = canonicalJson(items);
    const digest = digestOf(json);
    const location = `${entry.sessionId}/${entry.step}-${entry.sequence}-${digest}`;
    this.#objects.set(location, { object: { ...entry, location, digest, itemCount: items.length }, json });
    return { location, digest, refs: items.map((_, index) => itemRef(location, index + 1)) };
  }

  async *list(sessionId: string, signal: AbortSignal): AsyncIterable<ArchivedObject> {
    for (const { object } of this.#objects.values()) {
      signal.throwIfAborted();
      if (object.sessionId === sessionId) yield object;
    }
  }

  async read(sessionId: string, ref: string | ArchivedObject, signal: AbortSignal): Promise<ArchiveContent> {
    signal.throwIfAborted();
    const location = typeof ref === 'string' ? splitRef(ref).location : ref.location;
    const found = this.#objects.get(location);
    if (found?.object.sessionId !== sessionId || this.lost.has(location)) {
      throw new CompactError({ code: 'archive_missing', message: `Nothing at ${location}.` });
    }
    return { object: found.object, items: JSON.parse(found.json) as readonly unknown[] };
  }
}
