import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import type { Archive, ArchiveEntry } from '@clew/core';
import { createRedactor } from '@clew/redaction';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FsArchive } from './fs-archive.ts';
import { MemoryArchive } from './memory-archive.ts';

const signal = new AbortController().signal;
const entry: ArchiveEntry = {
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

let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-archive-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const archives: readonly (readonly [string, () => Archive])[] = [
  ['fs', () => new FsArchive({ path })],
  ['memory', () => new MemoryArchive()],
];

describe.each(archives)('the %s archive', (name, create) => {
  it('has its name and answers where the entry is', async () => {
    const archive = create();
    expect(archive.name).toBe(name);
    expect((await archive.store(entry, signal)).location).toContain('session-1');
  });

  it('takes the same entry twice', async () => {
    const archive = create();
    const first = await archive.store(entry, signal);
    expect(await archive.store(entry, signal)).toEqual(first);
  });

  it('stores nothing once the signal has aborted', async () => {
    await expect(create().store(entry, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

describe('the fs archive', () => {
  it('writes a transcript as JSONL, a summary as JSON, and an event for each', async () => {
    const archive = new FsArchive({ path });
    await archive.store(entry, signal);
    await archive.store({ ...entry, step: 'summary', items: [{ version: 1 }] }, signal);
    const folder = join(path, 'session-1');
    expect((await readdir(folder)).toSorted()).toEqual([
      'events.jsonl',
      'summary-001.json',
      'transcript-pre-compact-001.jsonl',
    ]);
    const lines = (await readFile(join(folder, 'transcript-pre-compact-001.jsonl'), 'utf8'))
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(entry.items);
    expect(JSON.parse(await readFile(join(folder, 'summary-001.json'), 'utf8'))).toEqual({ version: 1 });
    expect((await readFile(join(folder, 'events.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(2);
    expect((await stat(join(folder, 'summary-001.json'))).mode & 0o777).toBe(0o600);
  });

  it('takes secrets out before it writes, and leaves the entry as it was', async () => {
    await new FsArchive({ path, redactor: createRedactor() }).store(entry, signal);
    const text = await readFile(join(path, 'session-1', 'transcript-pre-compact-001.jsonl'), 'utf8');
    expect(text).not.toContain('sk-abc123');
    expect(JSON.stringify(entry.items)).toContain('sk-abc123');
  });

  it.each(['../../etc', '/etc/passwd', '..', '.', '', 'a/b', 'a\\b', 'x'.repeat(500), 'naïve ☃'])(
    'keeps the session id %j inside of its folder',
    async (sessionId) => {
      const { location } = await new FsArchive({ path }).store({ ...entry, sessionId }, signal);
      expect(resolve(location).startsWith(`${resolve(path)}${sep}`)).toBe(true);
      expect(
        resolve(location)
          .slice(resolve(path).length + 1)
          .split(sep),
      ).toHaveLength(2);
    },
  );

  it('tells ids apart that look the same once they are made safe', async () => {
    const archive = new FsArchive({ path });
    const first = await archive.store({ ...entry, sessionId: 'a/b' }, signal);
    const second = await archive.store({ ...entry, sessionId: 'a b' }, signal);
    expect(first.location).not.toBe(second.location);
  });
});
