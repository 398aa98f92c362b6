import type { ArchiveEntry, ArchiveReceipt, ArchivedRow } from './archive.ts';
import type { Change, Changes } from './change.ts';
import type { Engine } from './engine.ts';
import { shortId } from './entry.ts';
import type { Entry } from './entry.ts';
import { CompactError } from './errors.ts';
import type { RunObserver } from './observer.ts';

export type ArchiveInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly observer: RunObserver;
  readonly entry: Omit<ArchiveEntry, 'at'>;
  readonly signal: AbortSignal | undefined;
};

/**
 * Stores what leaves before it leaves. @returns where everything is, or `undefined` where there is no archive or it
 * failed and is not required.
 * @throws CompactError `archive_failed` where it is required
 */
export async function keepInArchive<TItem>(input: ArchiveInput<TItem>): Promise<ArchiveReceipt | undefined> {
  const { engine, observer, entry, signal } = input;
  const { archive } = engine;
  if (archive === undefined) return undefined;
  const startedAt = engine.now();
  const { value } = await observer.within<{ receipt?: ArchiveReceipt; error?: unknown }>(async () => {
    try {
      const receipt = await archive.store(
        { ...entry, at: startedAt },
        signal ?? new AbortController().signal,
      );
      const { location } = receipt;
      const body = { name: 'archival', step: entry.step, storageAdapter: archive.name, location } as const;
      return { value: { receipt }, step: { ...body, startedAt, endedAt: engine.now() } };
    } catch (error) {
      const fallback = engine.isArchiveRequired ? 'not-compacted' : 'unarchived';
      const message = `The ${archive.name} archive did not store the ${entry.step}: ${String(error)}`;
      const body = { name: 'error', errorType: 'archive_failed', message, fallback } as const;
      return { value: { error }, step: { ...body, startedAt, endedAt: engine.now() } };
    }
  });
  // Who gave up wants no compaction either.
  if (value.receipt === undefined) signal?.throwIfAborted();
  if (value.receipt === undefined && engine.isArchiveRequired) {
    throw new CompactError({
      code: 'archive_failed',
      message: 'The archive is required and did not store the transcript; nothing was compacted.',
      cause: value.error,
    });
  }
  return value.receipt;
}

type TranscriptInput<TItem> = Pick<ArchiveInput<TItem>, 'engine' | 'observer' | 'signal'> & {
  readonly facts: { readonly id: string; readonly sessionId: string };
  readonly sequence: number;
  readonly before: readonly Entry<TItem>[];
  readonly changes: Changes;
};

/** Stores every item that is changed, before it is. @returns where each is, by its position */
export async function keepTranscript<TItem>({
  facts,
  sequence,
  before,
  changes,
  ...ports
}: TranscriptInput<TItem>): Promise<ReadonlyMap<number, string>> {
  const positions = [...changes.keys()].toSorted((left, right) => left - right);
  const receipt = await keepInArchive({
    ...ports,
    entry: {
      sessionId: facts.sessionId,
      runId: facts.id,
      sequence,
      step: 'transcript',
      items: positions.flatMap((position) => before[position]?.item ?? []),
      rows: positions.flatMap((position) => archivedRow(before[position], changes.get(position)) ?? []),
    },
  });
  return archiveRefsOf(positions, receipt);
}

/** @returns `undefined` where nothing happens to the entry */
function archivedRow(entry: Entry<unknown> | undefined, change: Change | undefined): ArchivedRow | undefined {
  if (entry === undefined || change === undefined) return undefined;
  const { id, ordinal, past } = entry;
  return {
    id: past?.id ?? shortId(id),
    fate: change.fate,
    ...(ordinal === undefined ? {} : { index: ordinal }),
    ...(past === undefined || past.id === shortId(id) ? {} : { isCopy: true }),
  };
}

/** Where each item is, by its position. An archive that tells no more than a location is believed. */
function archiveRefsOf(
  positions: readonly number[],
  receipt: ArchiveReceipt | undefined,
): ReadonlyMap<number, string> {
  if (receipt === undefined) return new Map();
  return new Map(positions.map((position, line) => [position, receipt.refs?.[line] ?? receipt.location]));
}
