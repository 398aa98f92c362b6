/** What is stored before items leave the context. Everything is plain data, ready for JSON. */
export type ArchiveEntry = {
  readonly sessionId: string;
  /** The compaction's number within its session, from 1. */
  readonly sequence: number;
  readonly runId: string;
  /** `transcript`: the items as they were before; `summary`: what replaced them. */
  readonly step: 'transcript' | 'summary';
  readonly items: readonly unknown[];
  readonly at: number;
};

export type ArchiveReceipt = { readonly location: string };

/** Keeps what leaves the context. Contract: rejects when it could not store; the same entry twice is harmless. */
export interface Archive {
  /** The adapter's name: `fs`, `s3`, `memory`. */
  readonly name: string;
  store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt>;
}
