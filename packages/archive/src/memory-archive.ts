import type { Archive, ArchiveEntry, ArchiveReceipt } from '@clew/core';

/** Keeps what leaves in this process: for tests, and where nothing may touch a disk. */
export class MemoryArchive implements Archive {
  readonly name = 'memory';
  readonly #entries = new Map<string, ArchiveEntry>();

  get entries(): readonly ArchiveEntry[] {
    return [...this.#entries.values()];
  }

  store(entry: ArchiveEntry, signal: AbortSignal): Promise<ArchiveReceipt> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const location = `memory:${entry.sessionId}/${entry.sequence}/${entry.step}`;
    this.#entries.set(location, entry);
    return Promise.resolve({ location });
  }
}
