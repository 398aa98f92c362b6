import type { ArchiveEntry } from '@clew/core';

/** What a compaction archives: two items, one of them with a secret. */
export const archiveEntry: ArchiveEntry = {
  sessionId: 'session-1',
  sequence: 1,
  runId: 'run-1',
  step: 'transcript',
  items: [
    { role: 'user', content: 'a' },
    { role: 'user', content: 'api_key=sk-abc123' },
  ],
  at: 0,
};
