import { appendFile, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { createRedactor } from '@clew/redaction';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveEntry as entry } from '../testing/archive-entry.fixture.ts';
import { describeArchive } from '../testing/describe-archive.ts';
import { FsArchive } from './fs-archive.ts';

const signal = new AbortController().signal;

let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-archive-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const read = (...parts: readonly string[]) => readFile(join(path, ...parts), 'utf8');
const listed = async (archive: FsArchive) => {
  const objects = [];
  for await (const object of archive.list('session-1', signal)) objects.push(object);
  return objects;
};

describeArchive('fs', async () => ({
  archive: new FsArchive({ path }),
  reopen: () => new FsArchive({ path }),
  damage: (location) => writeFile(location, `${JSON.stringify('other')}\n`.repeat(3)),
}));

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
    const lines = (await read('session-1', 'transcript-pre-compact-001.jsonl')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(entry.items);
    expect(JSON.parse(await read('session-1', 'summary-001.json'))).toEqual({ version: 1 });
    expect((await read('session-1', 'events.jsonl')).trim().split('\n')).toHaveLength(2);
    for (const file of await readdir(folder)) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    }
  });

  it('takes secrets out before it writes, and leaves the entry as it was', async () => {
    const archive = new FsArchive({ path, redactor: createRedactor() });
    const { digest = '' } = await archive.store(entry, signal);
    const text = await read('session-1', 'transcript-pre-compact-001.jsonl');
    expect(text).not.toContain('sk-abc123');
    expect(JSON.stringify(entry.items)).toContain('sk-abc123');
    const { items } = await archive.read('session-1', digest, signal);
    expect(items[1]).toEqual({ role: 'user', content: 'api_key=<REDACTED>' });
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

  it('names what is taken under a number by its digest', async () => {
    const archive = new FsArchive({ path });
    await archive.store(entry, signal);
    const { location, digest = '' } = await archive.store({ ...entry, items: ['other'] }, signal);
    expect(location).toContain(`transcript-pre-compact-001-${digest.slice(0, 12)}.jsonl`);
  });

  it('finds its way past a file that is not what its name says', async () => {
    const archive = new FsArchive({ path });
    const { digest = '' } = await archive.store(entry, signal);
    const other = { ...entry, items: ['other'] };
    const { location } = await archive.store(other, signal);
    await writeFile(location, 'cut sho');
    const again = await archive.store(other, signal);
    expect(again.location).not.toBe(location);
    expect((await archive.read('session-1', again.location, signal)).items).toEqual(['other']);
    expect((await archive.read('session-1', digest, signal)).items).toEqual(entry.items);
  });

  it('reads past a line that a crash cut short, and what is stored next is whole', async () => {
    const archive = new FsArchive({ path });
    await archive.store(entry, signal);
    const events = join(path, 'session-1', 'events.jsonl');
    await appendFile(events, '{"at":"2026-01-01T00:00:00.000Z","ses');
    expect(await listed(archive)).toHaveLength(1);
    await archive.store({ ...entry, sequence: 2, items: ['next'] }, signal);
    expect((await listed(archive)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('is read where it has been moved to, by the references of before', async () => {
    const { refs = [] } = await new FsArchive({ path: join(path, 'old') }).store(entry, signal);
    await rename(join(path, 'old'), join(path, 'new'));
    const moved = new FsArchive({ path: join(path, 'new') });
    expect((await moved.read('session-1', refs[1] ?? '', signal)).items).toEqual(entry.items);
  });

  it('says that a file is gone', async () => {
    const archive = new FsArchive({ path });
    const { location } = await archive.store(entry, signal);
    await rm(location);
    await expect(archive.read('session-1', location, signal)).rejects.toMatchObject({
      code: 'archive_missing',
    });
  });

  it('leaves nothing aside when it could not store', async () => {
    const archive = new FsArchive({ path });
    await archive.store({ ...entry, sequence: 9 }, signal);
    const aborted = AbortSignal.abort(new Error('stop'));
    await expect(archive.store(entry, aborted)).rejects.toThrow('stop');
    expect((await readdir(join(path, 'session-1'))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
