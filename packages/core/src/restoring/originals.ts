import { isReadable, splitRef } from '../archive.ts';
import { shortId } from '../entry.ts';
import type { Engine } from '../engine.ts';
import type { LedgerRow } from '../ledger.ts';
import type { Prepared } from '../prepare.ts';

/** Items as they were before anything was done to them, by their number among all that the caller ever gave. */
export type Originals<TItem> = {
  readonly items: ReadonlyMap<number, TItem>;
  /** What could not be had, by number, and why. */
  readonly missing: ReadonlyMap<number, string>;
};

/** From the caller's own list where it still has them, which is surest; else from the archive. Each object is read once. */
export async function findOriginals<TItem>(
  { archive, inspector }: Pick<Engine<TItem>, 'archive' | 'inspector'>,
  sessionId: string,
  { inspected }: Pick<Prepared<TItem>, 'inspected'>,
  rows: readonly LedgerRow[],
  signal: AbortSignal,
): Promise<Originals<TItem>> {
  const items = new Map<number, TItem>();
  const missing = new Map<number, string>();
  const objects = new Map<string, Promise<readonly unknown[]>>();
  const fromArchive = async (ref: string): Promise<unknown> => {
    if (!isReadable(archive)) throw new Error('There is no archive that can be read.');
    const { location, line = 1 } = splitRef(ref);
    const object =
      objects.get(location) ?? archive.read(sessionId, location, signal).then((read) => read.items);
    objects.set(location, object);
    return (await object)[line - 1];
  };
  for (const { index, id, archiveRef } of rows) {
    if (index === undefined) continue;
    const given = inspected[index];
    if (given !== undefined && shortId(given.id) === id) {
      items.set(index, given.item);
      continue;
    }
    if (archiveRef === undefined) {
      missing.set(index, 'It was not archived when it left.');
      continue;
    }
    try {
      // The archive gave back what we put there: an item of this dialect.
      const item = (await fromArchive(archiveRef)) as TItem;
      inspector.inspect(item);
      items.set(index, item);
    } catch (error) {
      signal.throwIfAborted();
      missing.set(index, error instanceof Error ? error.message : String(error));
    }
  }
  return { items, missing };
}
