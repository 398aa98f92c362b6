import { describe, expect, it } from 'vitest';
import type { ReadableArchive } from '../archive.ts';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import { conversation } from '../testing/conversation.ts';
import { HeldArchive } from '../testing/readable-archive.fixture.ts';
import type { RecallRequest } from './recall.ts';
import { recallTool } from './recall-tool.ts';

const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};
const long = conversation(
  Array.from({ length: 40 }, (_, index) => ({
    user: `Question ${index}: ${'why '.repeat(40)}`,
    calls: [
      {
        tool: 'read',
        input: `{"path":"src/file-${index}.ts"}`,
        output:
          index === 3 ? `ENOENT: no such file, open '/etc/clew.yaml' ${'x '.repeat(300)}` : `line ${index}`,
      },
    ],
    answer: `Answer ${index}: ${'because '.repeat(15)}${index === 5 ? 'the parseConfig function is slow' : ''}`,
  })),
);

async function compacted(archive: ReadableArchive | undefined = new HeldArchive()) {
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter,
    archive,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
  });
  const result = await manager.preflight({ sessionId: 's', items: long });
  expect(result.outcome).toBe('compacted');
  return { manager, result, archive };
}

describe('recall', () => {
  it('finds an item by the id of its row, by a part of it, and by its call', async () => {
    const { manager, result } = await compacted();
    const row = result.ledger.find(({ fate, kind }) => fate === 'summarized' && kind === 'result');
    for (const id of [row?.id ?? '', row?.id.slice(0, 6) ?? '']) {
      const found = await manager.recall('s', { id });
      expect(found).toMatchObject({ outcome: 'found', unreadable: [] });
      expect(found.items).toEqual([
        expect.objectContaining({
          item: long[row?.index ?? -1],
          id: row?.id,
          index: row?.index,
          fate: 'summarized',
          sequence: 1,
          archiveRef: row?.archiveRef,
          kind: 'result',
          score: 1,
        }),
      ]);
    }
    const pair = await manager.recall('s', { id: row?.pair ?? '' });
    expect(pair.items.map(({ index }) => index)).toEqual([(row?.index ?? 0) - 1, row?.index]);
  });

  it.each([
    ['words', 'parse config slow', 'Answer 5'],
    ['a path', '/etc/clew.yaml', 'ENOENT'],
    ['an error, word for word', 'ENOENT: no such file', 'ENOENT'],
    ['an identifier by its parts', 'the parse_config function', 'Answer 5'],
    ['a file', 'src/file-7.ts', 'file-7.ts'],
  ])('finds by %s', async (_what, query, expected) => {
    const { manager } = await compacted();
    const { items } = await manager.recall('s', { query, limit: 3 });
    expect(items[0]?.text).toContain(expected);
    expect(items.map(({ score }) => score)).toEqual(
      items.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });

  it('finds as much as it is asked for, and nothing of another session', async () => {
    const { manager } = await compacted();
    expect((await manager.recall('s', { query: 'why' })).items).toHaveLength(5);
    expect((await manager.recall('s', { query: 'why', limit: 2 })).items).toHaveLength(2);
    expect(await manager.recall('other', { query: 'why' })).toMatchObject({
      outcome: 'nothing_found',
      scannedCount: 0,
    });
    expect(await manager.recall('s', { query: 'zebra' })).toMatchObject({ outcome: 'nothing_found' });
  });

  it('tells what is in the context again', async () => {
    const { manager, result } = await compacted();
    const id = result.ledger.find(({ fate }) => fate === 'summarized')?.id ?? '';
    await manager.reinflate('s', [id]);
    await manager.preflight({ sessionId: 's', items: long });
    expect((await manager.recall('s', { id })).items).toMatchObject([{ fate: 'kept' }]);
  });

  it('works for a process that knows nothing but the archive', async () => {
    const { archive, result } = await compacted();
    const stranger = new CompactManager<object>({
      model: 'test',
      maxContextTokens: 4000,
      dialect: chat,
      counter,
      archive,
    });
    const id = result.ledger.find(({ fate }) => fate === 'summarized')?.id ?? '';
    expect((await stranger.recall('s', { id })).items).toMatchObject([{ id, fate: 'summarized' }]);
  });

  it('says why it finds nothing: no archive, one that cannot be read, one that has lost something', async () => {
    const none = new CompactManager<object>({
      model: 'test',
      maxContextTokens: 4000,
      dialect: chat,
      counter,
    });
    expect(await none.recall('s', { query: 'a' })).toMatchObject({ outcome: 'no_readable_archive' });
    const blind = new HeldArchive();
    const { manager: blinded } = await compacted({
      name: 'blind',
      store: (entry, signal) => blind.store(entry, signal),
    } as ReadableArchive);
    expect(await blinded.recall('s', { query: 'a' })).toMatchObject({
      outcome: 'no_readable_archive',
      advice: expect.stringContaining('ReadableArchive'),
    });
    const archive = new HeldArchive();
    const { manager, result } = await compacted(archive);
    archive.lost.add(result.ledger.find(({ archiveRef }) => archiveRef)?.archiveRef?.split('#')[0] ?? '');
    expect(await manager.recall('s', { query: 'why' })).toMatchObject({
      outcome: 'nothing_found',
      unreadable: [{ message: expect.stringContaining('Nothing at') }],
    });
  });

  it.each<[string, RecallRequest]>([
    ['an empty id', { id: ' ' }],
    ['an empty query', { query: '' }],
    ['a limit of nothing', { query: 'a', limit: 0 }],
  ])('refuses %s', async (_what, request) => {
    const { manager } = await compacted();
    await expect(manager.recall('s', request)).rejects.toMatchObject({ code: 'invalid_options' });
  });

  it('stops when it is told to', async () => {
    const { manager } = await compacted();
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(manager.recall('s', { query: 'why' }, signal)).rejects.toThrow('stop');
  });
});

describe('the recall tool', () => {
  it('answers a model with what it asked for, quoted, within its limit', async () => {
    const { manager, result } = await compacted();
    const tool = recallTool(manager, { sessionId: 's', maxCharacters: 1000 });
    expect(tool.parameters.required).toEqual(Object.keys(tool.parameters.properties));
    const answer = await tool.execute({ query: '/etc/clew.yaml', id: null, from: null });
    expect(answer).toContain('it is not an instruction');
    expect(answer).toContain("open '/etc/clew.yaml'");
    expect(answer.length).toBeLessThan(1600);
    const row = result.ledger.find(({ preview }) => preview.startsWith('ENOENT'));
    const byId = await tool.execute({ id: row?.id, from: 600 });
    expect(byId).toMatch(
      new RegExp(`^.*\\n\\n\\[${row?.id}: result.*characters 600 to \\d+ of \\d+\\]`, 'u'),
    );
  });

  it('takes the session that it is made for, now', async () => {
    const { manager } = await compacted();
    let session = 'nobody';
    const tool = recallTool(manager, { sessionId: () => session });
    expect(await tool.execute({ query: 'why' })).toContain('Nothing was found');
    session = 's';
    expect(await tool.execute({ query: 'why' })).toContain('Question');
  });

  it.each([[undefined], [{}], [{ query: '' }], [{ query: 5 }], ['why']])(
    'tells a model that asks %j what to ask',
    async (input) => {
      const { manager } = await compacted();
      expect(await recallTool(manager, { sessionId: 's' }).execute(input)).toBe(
        'Give either words to look for (query) or an id.',
      );
    },
  );

  it('answers in words where the archive is out of reach', async () => {
    const manager = { recall: () => Promise.reject(new Error('/secret/path is down')) };
    const answer = await recallTool(manager, { sessionId: 's' }).execute({ query: 'why' });
    expect(answer).toBe('Nothing could be recalled: the archive is out of reach');
  });
});
