import { describe, expect, it } from 'vitest';
import type { ArchivedObject } from './archive.ts';
import { chat } from './dialects/chat-dialect.ts';
import { limitArchive } from './limit-archive.ts';
import { CompactManager } from './manager.ts';
import { recallTool } from './recall/recall-tool.ts';
import { conversation } from './testing/conversation.ts';
import { HeldArchive } from './testing/readable-archive.fixture.ts';

const never = () => new Promise<never>(() => {});
const { signal } = new AbortController();
const items = conversation(
  Array.from({ length: 40 }, (_, index) => ({
    user: `Question ${index}: ${'why '.repeat(60)}`,
    answer: `Answer ${index}: ${'because '.repeat(30)}`,
  })),
);

/** Keeps everything, and stops answering when it is told to. */
class TiringArchive extends HeldArchive {
  tiredOf: 'nothing' | 'list' | 'read' = 'nothing';
  isClosed = false;

  override async *list(sessionId: string, within: AbortSignal): AsyncIterable<ArchivedObject> {
    within.addEventListener('abort', () => (this.isClosed = true));
    if (this.tiredOf === 'list') await never();
    yield* super.list(sessionId, within);
  }

  override read(...args: Parameters<HeldArchive['read']>): ReturnType<HeldArchive['read']> {
    return this.tiredOf === 'read' ? never() : super.read(...args);
  }
}

function managerWith(archive: HeldArchive) {
  return new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    archive,
    archiveTimeoutMillis: 15,
  });
}

describe('an archive within its limit', () => {
  it('is asked for nothing else than it was asked for', async () => {
    const archive = new HeldArchive();
    const limited = limitArchive(archive, 1000);
    const entry = { sessionId: 's', sequence: 1, runId: 'r', step: 'transcript', items: [1], at: 0 } as const;
    const { location } = await limited.store(entry, signal);
    if (!('read' in limited)) throw new Error('It can be read.');
    const found: ArchivedObject[] = [];
    for await (const object of limited.list('s', signal)) found.push(object);
    expect(found).toMatchObject([{ location, runId: 'r' }]);
    expect((await limited.read('s', location, signal)).items).toEqual([1]);
    expect('read' in limitArchive({ name: 'deaf', store: () => never() }, 1000)).toBe(false);
  });

  it('holds up neither who recalls nor who puts back, where it stops to answer', async () => {
    const archive = new TiringArchive();
    const manager = managerWith(archive);
    const first = await manager.preflight({ sessionId: 's', items });
    archive.tiredOf = 'read';
    const { outcome, unreadable } = await manager.recall('s', { query: 'question' });
    expect(outcome).toBe('nothing_found');
    expect(unreadable).toMatchObject([{ message: 'Not done after 15 ms.' }]);
    const gone = first.ledger.find(({ fate }) => fate === 'summarized');
    await manager.reinflate('s', [gone?.id ?? '']);
    const next = await manager.preflight({ sessionId: 's', items: first.items });
    expect(next.restoration?.refused).toMatchObject([
      { reason: 'not_archived', message: 'Not done after 15 ms.' },
    ]);
    expect(next.items).toEqual(first.items);
    archive.tiredOf = 'list';
    expect(await manager.recall('s', { query: 'question' })).toMatchObject({ outcome: 'archive_failed' });
    expect(archive.isClosed).toBe(true);
    expect(await recallTool(manager, { sessionId: 's' }).execute({ query: 'question' })).toContain(
      'could not be read',
    );
  });

  it('is closed by who has seen enough', async () => {
    const archive = new TiringArchive();
    await managerWith(archive).preflight({ sessionId: 's', items });
    const limited = limitArchive(archive, 1000);
    if (!('list' in limited)) throw new Error('It can be read.');
    for await (const _object of limited.list('s', signal)) break;
    expect(archive.isClosed).toBe(true);
  });
});
