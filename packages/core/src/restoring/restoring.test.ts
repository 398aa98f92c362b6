import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import type { CompactManagerOptions } from '../manager-options.ts';
import { MemorySessionStore } from '../memory-session-store.ts';
import type { CompactResult } from '../result.ts';
import { conversation } from '../testing/conversation.ts';
import type { ChatItem } from '../testing/conversation.ts';
import { brokenLaws } from '../testing/laws.ts';
import { HeldArchive } from '../testing/readable-archive.fixture.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';

const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};

function setup(options: Partial<CompactManagerOptions<object>> = {}) {
  const observer = new RecordingObserver();
  const archive = new HeldArchive();
  let number = 0;
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter,
    observer,
    archive,
    newId: () => `id-${(number += 1)}`,
    now: () => 1000,
    ...options,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300, ...options.policy },
  });
  const call = async (items: readonly object[]) => {
    const result = await manager.preflight({ sessionId: 's', items });
    for (const { result: each } of observer.runs) expect(each && brokenLaws(each)).toEqual([]);
    return result;
  };
  return { manager, observer, archive, call };
}

/** About 103 tokens a turn: 34 of them are past the trigger of 3,400, and 37 past the budget of 3,800. */
function talk(turns: number): readonly ChatItem[] {
  return conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(40)}`,
      calls: [{ tool: 'read', input: `{"path":"src/file-${index}.ts"}`, output: `line ${index}` }],
      answer: `Answer ${index}: ${'because '.repeat(15)}`,
    })),
    'Be exact.',
  );
}

const long = talk(34);
const rowOf = ({ ledger }: CompactResult<object>, index: number) => ledger.find((row) => row.index === index);
const ways = ['raw', 'rolling'] as const;
/** What each way of calling sends next. */
const nextOf = (
  way: (typeof ways)[number],
  result: CompactResult<object>,
  given: readonly object[],
  to: readonly object[],
) => (way === 'raw' ? to : [...result.items, ...to.slice(given.length)]);

describe.each(ways)('undo, for a caller that keeps its history %s,', (way) => {
  it('shows the next call the whole again, byte for byte, as a run of its own', async () => {
    const { manager, observer, call } = setup();
    const first = await call(long);
    expect(first).toMatchObject({ outcome: 'compacted', sequence: 1 });
    const undone = await manager.undo('s');
    expect(undone).toEqual({ outcome: 'scheduled', sequence: 1, itemCount: first.coverage.summarized });
    const longer = talk(35);
    const next = await call(nextOf(way, first, long, longer));
    expect(next.items).toEqual(longer);
    expect(next).toMatchObject({ outcome: 'noop_below', sequence: 2 });
    expect(next.coverage).toEqual({ seen: longer.length, visible: longer.length, summarized: 0, dropped: 0 });
    expect(rowOf(next, 5)).toMatchObject({ fate: 'kept', sequence: 2, reason: 'undone' });
    expect(next.restoration).toMatchObject({ refused: [] });
    const run = observer.runs.find(({ start }) => start.phase === 'undo');
    expect(run?.steps.map(({ name }) => name)).toEqual(['token_estimate', 'trigger_decision']);
    expect(run?.result).toMatchObject({ outcome: 'restored', sequence: 2 });
    expect(run?.result?.met.find(({ category }) => category === 'summary')).toMatchObject({
      fate: 'dropped',
      reason: 'undone',
    });
    expect(observer.runs.at(-1)?.steps[1]).toMatchObject({
      triggered: false,
      reason: expect.stringContaining('held until 3800 tokens'),
    });
  });

  it('goes back to the splice before, and further when asked again', async () => {
    const { manager, call } = setup();
    const first = await call(long);
    const more = talk(59);
    const second = await call(nextOf(way, first, long, more));
    expect(second).toMatchObject({ outcome: 'compacted', sequence: 2, summary: { version: 2 } });
    expect(await manager.undo('s')).toMatchObject({ outcome: 'scheduled', sequence: 2 });
    const back = await call(nextOf(way, second, more, more));
    expect(back.summary).toEqual(first.summary);
    expect(back.items).toEqual([...first.items, ...more.slice(long.length)]);
    expect(await manager.undo('s')).toMatchObject({ outcome: 'scheduled', sequence: 1 });
    const whole = await call(nextOf(way, back, more, more));
    // All of it is over the budget: it stays as it was, and is told why.
    expect(whole.items).toEqual(back.items);
    expect(whole.restoration).toMatchObject({ restored: [], refused: [{ reason: 'over_budget' }] });
  });

  it('is held until the budget is reached, and compacts then', async () => {
    const { manager, call } = setup();
    const first = await call(long);
    await manager.undo('s');
    const longer = talk(35);
    const held = await call(nextOf(way, first, long, longer));
    expect(held.outcome).toBe('noop_below');
    const over = talk(39);
    expect(await call(nextOf(way, held, longer, over))).toMatchObject({ outcome: 'compacted', sequence: 3 });
  });
});

describe('undo', () => {
  it('says that there is nothing to undo', async () => {
    const { manager, call } = setup();
    expect(await manager.undo('s')).toMatchObject({ outcome: 'nothing_to_undo' });
    await call(talk(3));
    expect(await manager.undo('s')).toMatchObject({ outcome: 'nothing_to_undo' });
    await call(long);
    await manager.undo('s');
    expect(await manager.undo('s')).toMatchObject({ outcome: 'nothing_to_undo' });
  });

  it('needs no archive where the caller still has what left', async () => {
    const { manager, call } = setup({ archive: undefined });
    await call(long);
    await manager.undo('s');
    expect((await call(long)).items).toEqual(long);
  });

  it('leaves everything as it is where what left cannot be had', async () => {
    const { manager, call } = setup({ archive: undefined });
    const first = await call(long);
    await manager.undo('s');
    const next = await call(first.items);
    expect(next.items).toEqual(first.items);
    expect(next.restoration?.refused).toMatchObject([{ id: 'compaction 1', reason: 'not_archived' }]);
  });

  it('is refused for a history that was edited', async () => {
    const { manager, observer, call } = setup();
    await call(long);
    await manager.undo('s');
    const edited = [...talk(2), { role: 'user', content: 'Something else.' }];
    const next = await call(edited);
    expect(next.items).toEqual(edited);
    expect(next.restoration?.refused).toMatchObject([{ reason: 'other_branch' }]);
    const run = observer.runs.find(({ start }) => start.phase === 'undo');
    expect(run?.steps.at(-1)).toMatchObject({ name: 'error', errorType: 'restore_other_branch' });
  });

  it('is carried out by another process, from a store that keeps JSON', async () => {
    const inner = new MemorySessionStore();
    const store = {
      load: (sessionId: string) => inner.load(sessionId),
      save: (sessionId: string, state: unknown) =>
        inner.save(sessionId, JSON.parse(JSON.stringify(state)) as unknown),
    };
    const here = setup({ store });
    const first = await here.call(long);
    const there = setup({ store, archive: here.archive });
    await there.manager.undo('s');
    const again = setup({ store, archive: here.archive });
    expect((await again.call(first.items)).items).toEqual(long);
  });

  it('waits for the next call where the caller gives up in the midst of it', async () => {
    const { manager, call } = setup();
    const first = await call(long);
    await manager.undo('s');
    const aborted = await manager.preflight({
      sessionId: 's',
      items: first.items,
      signal: AbortSignal.abort(new Error('stop')),
    });
    expect(aborted.outcome).toBe('aborted');
    expect((await call(first.items)).items).toEqual(long);
  });
});

describe.each(ways)('reinflate, for a caller that keeps its history %s,', (way) => {
  it('puts items back in their places with their groups, and counts them as kept again', async () => {
    const { manager, observer, call } = setup();
    const first = await call(long);
    const result = rowOf(first, 7);
    expect(result).toMatchObject({ fate: 'summarized', kind: 'result' });
    const asked = await manager.reinflate('s', [result?.id ?? '']);
    expect(asked).toEqual({ outcome: 'scheduled', ids: [result?.id], refused: [] });
    const next = await call(nextOf(way, first, long, long));
    // The call comes with its result, behind the summary and before what is recent.
    const positions = [6, 7].map((index) =>
      next.items.findIndex((item) => canonicalJson(item) === canonicalJson(long[index])),
    );
    expect(positions).toEqual([2, 3]);
    expect(next.items).toHaveLength(first.items.length + 2);
    expect(rowOf(next, 7)).toMatchObject({
      fate: 'kept',
      reason: 'reinflated',
      archiveRef: result?.archiveRef,
    });
    expect(rowOf(next, 6)).toMatchObject({ fate: 'kept', reason: 'reinflated' });
    expect(next.summary).toEqual(first.summary);
    expect(observer.runs.find(({ start }) => start.phase === 'reinflate')?.result).toMatchObject({
      outcome: 'restored',
      count: { inserted: 2 },
    });
    const later = talk(35);
    const after = await call(nextOf(way, next, long, later));
    expect(after.items.slice(0, next.items.length)).toEqual(next.items);
  });

  it('makes a cleared result whole again', async () => {
    const { manager, call } = setup({ policy: { ladder: ['clear', 'digest'], keepToolIoPairs: 1 } });
    const items = conversation(
      Array.from({ length: 6 }, (_, index) => ({
        user: `Question ${index}`,
        calls: [{ tool: 'read', output: `${index} ${'line '.repeat(500)}` }],
        answer: 'Done.',
      })),
    );
    const first = await call(items);
    expect(first.outcome).toBe('pruned_only');
    const cleared = first.ledger.find(({ fate }) => fate === 'cleared');
    await manager.reinflate('s', [cleared?.pair ?? '']);
    const next = await call(nextOf(way, first, items, items));
    expect(rowOf(next, cleared?.index ?? -1)).toMatchObject({ fate: 'kept', reason: 'reinflated' });
    expect(next.items[cleared?.index ?? -1]).toEqual(items[cleared?.index ?? -1]);
  });
});

describe('reinflate', () => {
  it('refuses what never left, and what would not fit', async () => {
    const { manager, call } = setup();
    const { ledger } = await call(long);
    const gone = ledger.filter(({ fate }) => fate === 'summarized').map(({ id }) => id);
    expect(await manager.reinflate('s', ['nobody'])).toMatchObject({
      outcome: 'refused',
      refused: [{ id: 'nobody', reason: 'unknown_id' }],
    });
    const more = talk(38);
    await call(more);
    const asked = await manager.reinflate('s', gone);
    expect(asked.refused.map(({ reason }) => reason)).toContain('over_budget');
  });

  it('says at the call which of them the archive has lost', async () => {
    const { manager, archive, call } = setup();
    const first = await call(long);
    const row = rowOf(first, 7);
    archive.lost.add(row?.archiveRef?.split('#')[0] ?? '');
    await manager.reinflate('s', [row?.id ?? '']);
    const next = await call(first.items);
    expect(next.items).toEqual(first.items);
    expect(next.restoration).toMatchObject({
      restored: [],
      refused: [{ id: row?.id, reason: 'not_archived' }],
    });
  });
});

describe('a pin', () => {
  it('keeps an item through every compaction, by the item or by the id of its call', async () => {
    const { manager, call } = setup();
    await call(talk(3));
    const item = long[4];
    expect(await manager.pin('s', item ?? {}, 'the ask')).toMatchObject({
      outcome: 'pinned',
      comesBack: false,
    });
    const callId = String(long[3]?.['tool_call_id']);
    await manager.pin('s', callId);
    let result = await call(long);
    for (const turns of [70, 110]) {
      expect(result.items).toContainEqual(item);
      expect(result.items).toContainEqual(long[2]);
      expect(result.items).toContainEqual(long[3]);
      expect(rowOf(result, 4)).toMatchObject({ fate: 'protected', reason: 'pinned: the ask' });
      result = await call(talk(turns));
    }
    expect(result.sequence).toBeGreaterThan(2);
  });

  it('brings back what had left, and keeps it', async () => {
    const { manager, call } = setup();
    const first = await call(long);
    const row = rowOf(first, 5);
    expect(await manager.pin('s', row?.id.slice(0, 8) ?? '')).toEqual({
      outcome: 'pinned',
      id: row?.id,
      comesBack: true,
      refused: [],
    });
    const second = await call(first.items);
    expect(second.items).toContainEqual(long[5]);
    expect(rowOf(second, 5)).toMatchObject({ fate: 'protected', reason: 'pinned' });
    const third = await call([...second.items, ...talk(62).slice(long.length)]);
    expect(third.outcome).toBe('compacted');
    expect(third.items).toContainEqual(long[5]);
  });

  it('is over when it is taken off', async () => {
    const { manager, call } = setup();
    await manager.pin('s', long[4] ?? {});
    expect(await manager.unpin('s', long[4] ?? {})).toEqual({ outcome: 'unpinned' });
    expect(await manager.unpin('s', long[4] ?? {})).toEqual({ outcome: 'not_pinned' });
    expect((await call(long)).items).not.toContainEqual(long[4]);
  });

  it('is refused where there are too many', async () => {
    const { manager } = setup();
    for (let number = 0; number < 200; number += 1) await manager.pin('s', `call_${number}`);
    expect(await manager.pin('s', 'one more')).toMatchObject({ outcome: 'too_many_pins' });
  });
});
