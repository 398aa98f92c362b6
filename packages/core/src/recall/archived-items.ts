import { itemRef } from '../archive.ts';
import type { ArchivedObject, ReadableArchive } from '../archive.ts';
import { canonicalJson } from '../canonical-json.ts';
import { digestOf } from '../digest.ts';
import { shortId } from '../entry.ts';
import type { Fate } from '../ledger.ts';

/** An item in the archive, and what the archive knows of it. */
export type ArchivedItem = {
  readonly item: unknown;
  readonly id: string;
  /** What became of it when it was stored; absent where the archive does not tell. */
  readonly fate?: Fate;
  readonly index?: number;
  readonly sequence: number;
  readonly archiveRef: string;
  /** A summary of ours, as far as the archive tells. */
  readonly isSummary: boolean;
  readonly object: ArchivedObject;
  /** Its position in the object. */
  readonly position: number;
};

/** What could not be read, by location: the rest is told all the same. */
export type Unreadable = { readonly location: string; readonly message: string };

/** Each item that left a session, once and as it was first, in the order of leaving; one object in memory at a time. */
export async function* archivedItems(
  archive: ReadableArchive,
  sessionId: string,
  signal: AbortSignal,
  onUnreadable: (unreadable: Unreadable) => void,
): AsyncIterable<ArchivedItem> {
  const told = new Set<string>();
  for await (const object of archive.list(sessionId, signal)) {
    if (object.step !== 'transcript') continue;
    for (const found of await itemsOf(archive, object, signal, onUnreadable)) {
      if (told.has(found.id)) continue;
      told.add(found.id);
      yield found;
    }
  }
}

async function itemsOf(
  archive: ReadableArchive,
  object: ArchivedObject,
  signal: AbortSignal,
  onUnreadable: (unreadable: Unreadable) => void,
): Promise<readonly ArchivedItem[]> {
  const { rows, sequence, location, sessionId } = object;
  try {
    const { items } = await archive.read(sessionId, object, signal);
    return items.map((item, position) => {
      const row = rows?.[position];
      return {
        item,
        id: row?.id ?? shortId(digestOf(canonicalJson(item))),
        ...(row === undefined ? {} : { fate: row.fate }),
        ...(row?.index === undefined ? {} : { index: row.index }),
        sequence,
        archiveRef: itemRef(location, position + 1),
        isSummary: row !== undefined && row.index === undefined,
        object,
        position,
      };
    });
  } catch (error) {
    signal.throwIfAborted();
    onUnreadable({ location, message: error instanceof Error ? error.message : String(error) });
    return [];
  }
}
