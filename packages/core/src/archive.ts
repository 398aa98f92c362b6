import type { Fate } from './ledger.ts';

/** What is known of one archived item, beside its content. */
export type ArchivedRow = {
  /** The item's id in the ledger. Of a shortened copy: the id of the item that it was made from. */
  readonly id: string;
  readonly fate: Fate;
  /** The item's number among all that the caller ever gave; absent for an earlier summary. */
  readonly index?: number;
  /** The content stored here had been shortened before; an earlier entry has the whole. */
  readonly isCopy?: boolean;
};

/** What is stored before items leave the context. Everything is plain data, ready for JSON. */
export type ArchiveEntry = {
  readonly sessionId: string;
  /** The compaction's number within its session, from 1. */
  readonly sequence: number;
  readonly runId: string;
  /** `transcript`: the items as they were before; `summary`: what replaced them. */
  readonly step: 'transcript' | 'summary';
  readonly items: readonly unknown[];
  /** One for each item, in order; absent for a summary. */
  readonly rows?: readonly ArchivedRow[];
  readonly at: number;
};

export type ArchiveReceipt = {
  readonly location: string;
  /** SHA-256 of the bytes as they were stored, in hex. */
  readonly digest?: string;
  /** Where exactly each item is, in order. */
  readonly refs?: readonly string[];
};

/** Keeps what leaves the context. Contract: rejects when it could not store; the same entry twice is harmless. */
export interface Archive {
  /** The adapter's name: `fs`, `s3`, `memory`. */
  readonly name: string;
  store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt>;
}

/** What an archive knows of something that it has stored, without its content. */
export type ArchivedObject = Omit<ArchiveEntry, 'items'> & {
  readonly location: string;
  readonly digest: string;
  readonly itemCount: number;
};

export type ArchiveContent = { readonly object: ArchivedObject; readonly items: readonly unknown[] };

/**
 * An archive that gives back what it keeps, one session at a time, so that no session reads another's.
 *
 * Contract: what is read has been checked against its digest.
 */
export interface ReadableArchive extends Archive {
  /** What is stored of a session, in the order of storing, each object once. */
  list(sessionId: string, signal: AbortSignal): AsyncIterable<ArchivedObject>;
  /**
   * @param ref a location, the reference of an item in it, a digest, or what was listed, which needs no search
   * @throws CompactError `archive_missing` or `archive_corrupt`
   */
  read(sessionId: string, ref: string | ArchivedObject, signal: AbortSignal): Promise<ArchiveContent>;
}

export function isReadable(archive: Archive | undefined): archive is ReadableArchive {
  return archive !== undefined && 'read' in archive && 'list' in archive;
}

/** The reference of one item: its line in the object, from 1. */
export function itemRef(location: string, line: number): string {
  return `${location}#${line}`;
}

/** The location and the line of a reference; without a line, it stands for the whole object. */
export function splitRef(ref: string): { readonly location: string; readonly line?: number } {
  const [, location, line] = /^(.*)#(\d+)$/su.exec(ref) ?? [];
  return location === undefined ? { location: ref } : { location, line: Number(line) };
}
