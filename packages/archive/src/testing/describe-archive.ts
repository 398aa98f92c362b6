import { createHash } from 'node:crypto';
import { canonicalJson } from '@clew/core';
import type { ArchiveEntry, ArchivedObject, ReadableArchive } from '@clew/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

export type ArchiveUnderTest = {
  readonly archive: ReadableArchive;
  /** Another archive over the same storage, as another process would open it. Absent where there can be none. */
  readonly reopen?: () => ReadableArchive;
  /** Damages what is stored at a location. Absent where nobody can. */
  readonly damage?: (location: string) => Promise<void>;
  readonly close?: () => Promise<void>;
};

const signal = new AbortController().signal;
const entry: ArchiveEntry = {
  sessionId: 'session-1',
  sequence: 1,
  runId: 'run-1',
  step: 'transcript',
  items: [
    { role: 'user', content: 'What is\nthis?\u2028And that: 日本語 🧵 \uD800' },
    { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', nested: { z: 1, a: [1, null] } }] },
    { role: 'tool', tool_call_id: 'call_1', content: '' },
  ],
  rows: [
    { id: 'a'.repeat(16), fate: 'summarized', index: 4 },
    { id: 'b'.repeat(16), fate: 'dropped', index: 5 },
    { id: 'c'.repeat(16), fate: 'cleared', index: 6, isCopy: true },
  ],
  at: 1_700_000_000_000,
};
const summary: ArchiveEntry = {
  sessionId: 'session-1',
  sequence: 1,
  runId: 'run-1',
  step: 'summary',
  items: [{ version: 1, text: 'All of it.' }],
  at: 1_700_000_000_001,
};
const hostileIds = [
  '../../etc',
  '/etc/passwd',
  '..',
  '.',
  'a/b',
  'a\\b',
  'a b',
  'x'.repeat(500),
  'naïve ☃',
  'CON',
];

/** What the engine relies on of an archive that can be read, in tests: each implementation passes the same. */
export function describeArchive(name: string, open: () => Promise<ArchiveUnderTest>): void {
  describe(`${name}: the contract of an archive`, () => {
    let tested: ArchiveUnderTest;
    let archive: ReadableArchive;
    beforeEach(async () => {
      tested = await open();
      archive = tested.archive;
    });
    afterEach(() => tested.close?.());

    const listed = async (sessionId = entry.sessionId, from = archive) => {
      const objects: ArchivedObject[] = [];
      for await (const object of from.list(sessionId, signal)) objects.push(object);
      return objects;
    };

    it('says where the entry is, what its bytes are, and where each item is', async () => {
      const { location, digest, refs } = await archive.store(entry, signal);
      expect(location).not.toBe('');
      expect(digest).toMatch(/^[0-9a-f]{64}$/u);
      expect(new Set(refs).size).toBe(entry.items.length);
    });

    it('takes the SHA-256 of a line of canonical JSON for each item', async () => {
      const bytes = entry.items.map((item) => `${canonicalJson(item)}\n`).join('');
      const expected = createHash('sha256').update(bytes).digest('hex');
      expect((await archive.store(entry, signal)).digest).toBe(expected);
    });

    it('gives back what it was given: by location, by digest, by the reference of an item', async () => {
      const { location, digest, refs = [] } = await archive.store(entry, signal);
      for (const ref of [location, digest ?? '', ...refs]) {
        const { items, object } = await archive.read(entry.sessionId, ref, signal);
        expect(items).toEqual(entry.items);
        const { items: stored, ...rest } = entry;
        expect(object).toEqual({ ...rest, location, digest, itemCount: stored.length });
      }
    });

    it('gives back a summary, and one of a single list', async () => {
      const { location } = await archive.store(summary, signal);
      expect((await archive.read(summary.sessionId, location, signal)).items).toEqual(summary.items);
      const list = await archive.store({ ...summary, sequence: 2, items: [[1, 2]] }, signal);
      expect((await archive.read(summary.sessionId, list.location, signal)).items).toEqual([[1, 2]]);
    });

    it('keeps an entry without items', async () => {
      const { location, refs } = await archive.store({ ...entry, items: [], rows: [] }, signal);
      expect(refs).toEqual([]);
      expect((await archive.read(entry.sessionId, location, signal)).items).toEqual([]);
    });

    it('takes the same entry twice as one', async () => {
      const first = await archive.store(entry, signal);
      expect(await archive.store(entry, signal)).toEqual(first);
      expect(await listed()).toHaveLength(1);
    });

    it('knows the same content by whatever order its keys come in', async () => {
      const first = await archive.store({ ...entry, items: [{ a: 1, b: { c: 2, d: 3 } }] }, signal);
      const second = await archive.store({ ...entry, items: [{ b: { d: 3, c: 2 }, a: 1 }] }, signal);
      expect(second).toEqual(first);
    });

    it('remembers of the same content what was said of it last', async () => {
      await archive.store({ ...entry, runId: 'run-that-failed', rows: [] }, signal);
      await archive.store(entry, signal);
      expect(await listed()).toMatchObject([{ runId: 'run-1', rows: entry.rows }]);
    });

    it('never overwrites: another content under the same number has a place of its own', async () => {
      const first = await archive.store(entry, signal);
      const second = await archive.store({ ...entry, runId: 'other', items: ['other'] }, signal);
      expect(second.location).not.toBe(first.location);
      expect((await archive.read(entry.sessionId, first.location, signal)).items).toEqual(entry.items);
      expect((await archive.read(entry.sessionId, second.location, signal)).items).toEqual(['other']);
    });

    it('loses and mixes nothing when many store under one number at once', async () => {
      const other = tested.reopen?.() ?? archive;
      const stored = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          (index % 2 === 0 ? archive : other).store(
            { ...entry, runId: `run-${index}`, items: [index, 'x'.repeat(index * 50)] },
            signal,
          ),
        ),
      );
      for (const [index, receipt] of stored.entries()) {
        const { items, object } = await archive.read(entry.sessionId, receipt.location, signal);
        expect(items[0]).toBe(index);
        expect(object.runId).toBe(`run-${index}`);
      }
      expect(await listed()).toHaveLength(40);
    });

    it('lists what is stored of a session, in the order of storing', async () => {
      await archive.store(entry, signal);
      await archive.store(summary, signal);
      await archive.store({ ...entry, sequence: 2, items: ['later'] }, signal);
      await archive.store({ ...entry, sessionId: 'session-2' }, signal);
      expect((await listed()).map(({ step, sequence }) => `${step} ${sequence}`)).toEqual([
        'transcript 1',
        'summary 1',
        'transcript 2',
      ]);
      expect(await listed('session-2')).toHaveLength(1);
      expect(await listed('nobody')).toEqual([]);
    });

    it('gives back what it has listed', async () => {
      await archive.store(entry, signal);
      for (const object of await listed()) {
        expect(await archive.read(entry.sessionId, object, signal)).toEqual({ object, items: entry.items });
        await expect(archive.read('session-2', object, signal)).rejects.toMatchObject({
          code: 'archive_missing',
        });
      }
    });

    it('gives one session nothing of another', async () => {
      const { location, digest = '' } = await archive.store({ ...entry, items: ['secret'] }, signal);
      for (const ref of [location, digest, `${location}#1`]) {
        await expect(archive.read('session-2', ref, signal)).rejects.toMatchObject({
          code: 'archive_missing',
        });
      }
    });

    it('says what it does not have', async () => {
      await expect(archive.read('session-1', 'nowhere', signal)).rejects.toMatchObject({
        code: 'archive_missing',
      });
    });

    it('takes any session id, and keeps each apart from the others', async () => {
      for (const sessionId of hostileIds)
        await archive.store({ ...entry, sessionId, items: [sessionId] }, signal);
      for (const sessionId of hostileIds) {
        const [object, ...more] = await listed(sessionId);
        expect(more).toEqual([]);
        const { items } = await archive.read(sessionId, object?.location ?? '', signal);
        expect(items).toEqual([sessionId]);
      }
    });

    it('is not changed by what happens to the items later', async () => {
      const item = { content: 'before' };
      const { location } = await archive.store({ ...entry, items: [item] }, signal);
      item.content = 'after';
      expect((await archive.read(entry.sessionId, location, signal)).items).toEqual([{ content: 'before' }]);
    });

    it('keeps large items whole', async () => {
      const items = ['日'.repeat(700_000), 'x'];
      const { location } = await archive.store({ ...entry, items }, signal);
      expect((await archive.read(entry.sessionId, location, signal)).items).toEqual(items);
    });

    it('does nothing once the signal has aborted', async () => {
      const { location } = await archive.store(summary, signal);
      const aborted = AbortSignal.abort(new Error('stop'));
      await expect(archive.store(entry, aborted)).rejects.toThrow('stop');
      await expect(archive.read(entry.sessionId, location, aborted)).rejects.toThrow('stop');
      const list = async () => {
        for await (const object of archive.list(entry.sessionId, aborted)) return object;
        return undefined;
      };
      await expect(list()).rejects.toThrow('stop');
      expect(await listed()).toHaveLength(1);
    });

    it('can be read by whoever opens it next', async ({ skip }) => {
      const { reopen } = tested;
      if (reopen === undefined) return skip('this storage ends with its process');
      const { location } = await archive.store(entry, signal);
      const other = reopen();
      expect(await listed(entry.sessionId, other)).toHaveLength(1);
      expect((await other.read(entry.sessionId, location, signal)).items).toEqual(entry.items);
    });

    it('says so where what it reads is not what it stored', async ({ skip }) => {
      const { damage } = tested;
      if (damage === undefined) return skip('nobody can damage this storage');
      const { location } = await archive.store(entry, signal);
      await damage(location);
      await expect(archive.read(entry.sessionId, location, signal)).rejects.toMatchObject({
        code: 'archive_corrupt',
      });
    });
  });
}
