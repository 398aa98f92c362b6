import { expect, it } from 'vitest';
import { MemoryArchive } from './memory-archive.ts';
import { describeArchive } from './testing/describe-archive.ts';

describeArchive('memory', async () => ({ archive: new MemoryArchive() }));

it('has its name, and shows what it was given', async () => {
  const archive = new MemoryArchive();
  const entry = { sessionId: 's', sequence: 1, runId: 'r', step: 'transcript', items: [1], at: 0 } as const;
  await archive.store(entry, new AbortController().signal);
  expect(archive.name).toBe('memory');
  expect(archive.entries).toEqual([entry]);
});
