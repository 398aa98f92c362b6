import { isReadable } from './archive.ts';
import type { Archive, ArchivedObject, ReadableArchive } from './archive.ts';
import { withinTime } from './until-aborted.ts';

/** The same archive, waited for no longer than this for one object, whether or not it minds its signal. */
export function limitArchive(archive: Archive, limitMillis: number): Archive | ReadableArchive {
  const limited: Archive = {
    name: archive.name,
    store: (entry, signal) => withinTime(limitMillis, signal, async (either) => archive.store(entry, either)),
  };
  if (!isReadable(archive)) return limited;
  const readable: ReadableArchive = {
    ...limited,
    list: (sessionId, signal) => listWithin(archive, limitMillis, sessionId, signal),
    read: (sessionId, ref, signal) =>
      withinTime(limitMillis, signal, async (either) => archive.read(sessionId, ref, either)),
  };
  return readable;
}

async function* listWithin(
  archive: ReadableArchive,
  limitMillis: number,
  sessionId: string,
  signal: AbortSignal,
): AsyncIterable<ArchivedObject> {
  const stop = new AbortController();
  const objects = archive.list(sessionId, AbortSignal.any([signal, stop.signal]))[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await withinTime(limitMillis, signal, () => objects.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    stop.abort();
    // Not waited for: what hangs would hang here, too.
    Promise.resolve(objects.return?.()).catch(() => {});
  }
}
