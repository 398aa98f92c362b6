import type { ArchiveEntry } from './archive.ts';
import type { Engine } from './engine.ts';
import { CompactError } from './errors.ts';
import type { RunObserver } from './observer.ts';

export type ArchiveInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly observer: RunObserver;
  readonly entry: Omit<ArchiveEntry, 'at'>;
  readonly signal: AbortSignal | undefined;
};

/**
 * Stores what leaves before it leaves. @returns where it is, or `undefined` where there is no archive or it
 * failed and is not required.
 * @throws CompactError `archive_failed` where it is required
 */
export async function keepInArchive<TItem>(input: ArchiveInput<TItem>): Promise<string | undefined> {
  const { engine, observer, entry, signal = new AbortController().signal } = input;
  const { archive } = engine;
  if (archive === undefined) return undefined;
  const startedAt = engine.now();
  const { value } = await observer.within<{ location?: string; error?: unknown }>(async () => {
    try {
      const { location } = await archive.store({ ...entry, at: startedAt }, signal);
      const body = { name: 'archival', step: entry.step, storageAdapter: archive.name, location } as const;
      return { value: { location }, step: { ...body, startedAt, endedAt: engine.now() } };
    } catch (error) {
      const fallback = engine.isArchiveRequired ? 'not-compacted' : 'unarchived';
      const message = `The ${archive.name} archive did not store the ${entry.step}: ${String(error)}`;
      const body = { name: 'error', errorType: 'archive_failed', message, fallback } as const;
      return { value: { error }, step: { ...body, startedAt, endedAt: engine.now() } };
    }
  });
  if (value.location === undefined && engine.isArchiveRequired) {
    throw new CompactError({
      code: 'archive_failed',
      message: 'The archive is required and did not store the transcript; nothing was compacted.',
      cause: value.error,
    });
  }
  return value.location;
}
