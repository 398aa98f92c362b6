import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveEntry } from '@clew/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FsArchive } from './fs-archive.ts';
import type { FsArchiveOptions } from './fs-archive.ts';
import type { SweepReport } from './sweep.ts';

const signal = new AbortController().signal;
const day = 24 * 3_600_000;

let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-sweep-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const entryOf = (sessionId: string, sequence: number): ArchiveEntry => ({
  sessionId,
  sequence,
  runId: `run-${sequence}`,
  step: 'transcript',
  items: [`${sessionId} ${sequence} ${'x'.repeat(100)}`],
  at: 0,
});

/** Stores some compactions of a session, the first as many days ago as there are, and returns where they are. */
async function fill(archive: FsArchive, sessionId: string, count: number): Promise<readonly string[]> {
  const locations: string[] = [];
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const summary = { ...entryOf(sessionId, sequence), step: 'summary', items: [{ sequence }] } as const;
    for (const entry of [entryOf(sessionId, sequence), summary]) {
      const { location } = await archive.store(entry, signal);
      const at = new Date(Date.now() - (count - sequence) * day - 1000);
      await utimes(location, at, at);
      locations.push(location);
    }
  }
  return locations;
}

async function listed(archive: FsArchive, sessionId: string) {
  const found: string[] = [];
  for await (const { sequence, step } of archive.list(sessionId, signal)) found.push(`${step} ${sequence}`);
  return found;
}

const archiveWith = (options: Partial<FsArchiveOptions>) =>
  new FsArchive({ path, sweepEveryMillis: Infinity, ...options });

describe('a sweep', () => {
  it('removes the transcript and the summary of what is too old, says so, and lists the rest', async () => {
    const archive = archiveWith({ retention: { maxAgeMillis: 2.5 * day } });
    const locations = await fill(archive, 's', 5);
    const { removed, failed } = await archive.sweep(signal);
    expect(failed).toEqual([]);
    expect(new Set(removed.map(({ location }) => location))).toEqual(new Set(locations.slice(0, 4)));
    expect(await listed(archive, 's')).toEqual(
      [3, 4, 5].flatMap((number) => [`transcript ${number}`, `summary ${number}`]),
    );
    await expect(archive.read('s', locations[0] ?? '', signal)).rejects.toMatchObject({
      code: 'archive_missing',
    });
    const events = await readFile(join(path, 's', 'events.jsonl'), 'utf8');
    expect(events).toContain('"step":"removed"');
    expect((await archive.sweep(signal)).removed).toEqual([]);
  });

  it('keeps the latest compactions of each session', async () => {
    const archive = archiveWith({ retention: { maxCompactions: 2 } });
    await fill(archive, 'a', 4);
    await fill(archive, 'b', 1);
    await archive.sweep(signal);
    expect(await listed(archive, 'a')).toEqual(['transcript 3', 'summary 3', 'transcript 4', 'summary 4']);
    expect(await listed(archive, 'b')).toHaveLength(2);
  });

  it('keeps to a size, over all sessions', async () => {
    const archive = archiveWith({ retention: { maxBytes: 600 } });
    await fill(archive, 'a', 6);
    await fill(archive, 'b', 6);
    const { removed } = await archive.sweep(signal);
    expect(removed.every(({ reason }) => reason === 'bytes')).toBe(true);
    const left = [...(await listed(archive, 'a')), ...(await listed(archive, 'b'))];
    expect(left.length).toBeGreaterThan(2);
    expect(left.length).toBeLessThan(12);
    expect(left.every((each) => / [56]$/u.test(each))).toBe(true);
  });

  it('takes a session that nobody has touched as a whole, and what a crash left aside', async () => {
    const archive = archiveWith({ retention: { maxAgeMillis: day } });
    await fill(archive, 'old', 1);
    await fill(archive, 'new', 1);
    const long = new Date(Date.now() - 9 * day);
    for (const file of await readdir(join(path, 'old'))) await utimes(join(path, 'old', file), long, long);
    await writeFile(join(path, 'new', '.crashed.part'), 'cut sho');
    await utimes(join(path, 'new', '.crashed.part'), long, long);
    await writeFile(join(path, 'new', '.under-way.part'), 'cut sho');
    await writeFile(join(path, 'new', 'notes.txt'), 'of somebody else');
    const { removed } = await archive.sweep(signal);
    expect(removed).toEqual([{ location: join(path, 'old'), reason: 'age' }]);
    expect(await readdir(path)).toEqual(['new']);
    expect((await readdir(join(path, 'new'))).toSorted()).toEqual([
      '.under-way.part',
      'events.jsonl',
      'notes.txt',
      'summary-001.json',
      'transcript-pre-compact-001.jsonl',
    ]);
  });

  it('lists again what is stored again', async () => {
    const archive = archiveWith({ retention: { maxAgeMillis: day } });
    await fill(archive, 's', 3);
    await archive.sweep(signal);
    expect(await listed(archive, 's')).not.toContain('transcript 1');
    await archive.store(entryOf('s', 1), signal);
    expect(await listed(archive, 's')).toContain('transcript 1');
    // It is young again: stored just now.
    await archive.sweep(signal);
    expect(await listed(archive, 's')).toContain('transcript 1');
  });

  it('tells what it could not remove, and removes the rest', async () => {
    const archive = archiveWith({ retention: { maxAgeMillis: day } });
    await fill(archive, 'a', 3);
    await fill(archive, 'b', 3);
    // No line can be appended to a folder.
    await rm(join(path, 'a', 'events.jsonl'));
    await mkdir(join(path, 'a', 'events.jsonl'));
    const { removed, failed } = await archive.sweep(signal);
    expect(failed.every(({ location }) => location.startsWith(join(path, 'a')))).toBe(true);
    expect(failed).not.toEqual([]);
    expect(removed.some(({ location }) => location.startsWith(join(path, 'b')))).toBe(true);
  });

  it('comes by itself, behind the first entry and then in its time, and holds up nobody', async () => {
    const reports: SweepReport[] = [];
    let now = Date.now();
    let told = () => {};
    const archive = archiveWith({
      retention: { maxCompactions: 1 },
      sweepEveryMillis: 1000,
      now: () => now,
      onSweep: (report) => {
        reports.push(report);
        told();
      },
    });
    const report = () => new Promise<void>((resolve) => (told = resolve));
    const first = report();
    await archive.store(entryOf('s', 1), signal);
    await first;
    await archive.store(entryOf('s', 2), signal);
    expect(reports).toEqual([{ removed: [], failed: [] }]);
    now += 1000;
    const second = report();
    await archive.store(entryOf('s', 3), signal);
    await second;
    expect(reports[1]?.removed).toHaveLength(2);
    expect(await listed(archive, 's')).toEqual(['transcript 3']);
  });

  it('removes nothing where nothing is asked for', async () => {
    const archive = archiveWith({});
    await fill(archive, 's', 3);
    expect(await archive.sweep(signal)).toEqual({ removed: [], failed: [] });
    expect(await listed(archive, 's')).toHaveLength(6);
  });
});
