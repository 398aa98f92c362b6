import { describe, expect, it, vi } from 'vitest';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import { MemorySessionStore } from '../memory-session-store.ts';
import type { CompactManagerOptions } from '../manager-options.ts';
import type { SummaryDraft } from '../summarizer.ts';
import { conversation } from '../testing/conversation.ts';
import type { ChatItem } from '../testing/conversation.ts';
import { brokenLaws } from '../testing/laws.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { ScriptedSummarizer } from '../testing/scripted-summarizer.ts';
import type { SummarizerStep } from '../testing/scripted-summarizer.ts';
import { writtenSummary } from '../testing/written-summary.ts';

const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (value) => Math.ceil(value.length / 4),
};

const text = writtenSummary('- go on with the talk');

/** A talk of so many turns of about 96 tokens each, the same from the start however long it is. */
function talk(turns: number): readonly ChatItem[] {
  return conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(60)}`,
      answer: `Answer ${index}: ${'because '.repeat(15)}`,
    })),
  );
}

function setup(steps: readonly SummarizerStep[], options: Partial<CompactManagerOptions<object>> = {}) {
  let number = 0;
  const summarizer = new ScriptedSummarizer(steps);
  const observer = new RecordingObserver();
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter: counter,
    summarizer,
    observer,
    newId: () => `id-${(number += 1)}`,
    now: () => 1000,
    ...options,
    policy: {
      hardCapBuffer: 200,
      summaryMaxTokens: 300,
      prepareAheadPct: 0.7,
      clearToolResults: false,
      ladder: ['summarize', 'digest', 'window'],
      ...options.policy,
    },
  });
  const call = (items: readonly object[]) => manager.preflight({ sessionId: 's', items });
  return { manager, summarizer, observer, call };
}

/** Tokens between 70 % and 85 % of the window, and above 85 %. */
const near = talk(30);
const over = talk(36);

describe('a compaction that is prepared ahead', () => {
  it('is worked out while the agent goes on, and in force when the trigger fires', async () => {
    const { call, observer, summarizer } = setup([{ text }]);
    const early = await call(near);
    expect(early.outcome).toBe('noop_below');
    expect(early.items).toEqual(near);
    await vi.waitFor(() => expect(observer.runs[1]?.steps.at(-2)?.name).toBe('summary_created'));

    const due = await call(over);
    expect(due).toMatchObject({ outcome: 'noop_below', reapplied: 'applied', summary: { version: 1 } });
    expect(due.tokens.before).toBeLessThan(due.window.triggerTokens);
    expect(due.items.at(-1)).toBe(over.at(-1));
    expect(brokenLaws(due)).toEqual([]);
    summarizer.assertComplete();

    const [, background, last] = observer.runs;
    expect(background?.start).toMatchObject({ phase: 'background', callIndex: 1 });
    expect(background?.result).toMatchObject({ outcome: 'compacted', sequence: 1, callIndex: 2 });
    expect(background?.steps.map(({ name }) => name)).toEqual([
      'token_estimate',
      'trigger_decision',
      'summary_created',
      'pruned_messages',
    ]);
    if (background?.result !== undefined) expect(brokenLaws(background.result)).toEqual([]);
    expect(last?.start).toMatchObject({ phase: 'preflight', callIndex: 3 });
  });

  it('is not begun below its share of the window, and not twice between two compactions', async () => {
    const { call, summarizer } = setup([{ text: '' }]);
    await call(talk(10));
    expect(summarizer.requests).toHaveLength(0);
    await call(near);
    await call(near);
    await call([...near, { role: 'user', content: 'more' }]);
    await vi.waitFor(() => expect(summarizer.requests).toHaveLength(1));
  });

  it('is waited for where it is still under way when it is due', async () => {
    let answer: (draft: SummaryDraft) => void = () => {};
    const { call, summarizer } = setup([() => new Promise((resolve) => (answer = resolve))]);
    await call(near);
    const due = call(over);
    await vi.waitFor(() => expect(summarizer.requests).toHaveLength(1));
    answer({ text });
    expect(await due).toMatchObject({ outcome: 'noop_below', reapplied: 'applied' });
  });

  it('is stale where the history was edited, and the call compacts what is there', async () => {
    const { call, observer } = setup([{ text }, { text }]);
    await call(near);
    await vi.waitFor(() => expect(observer.runs[1]?.steps).toHaveLength(4));
    const edited = [{ role: 'user', content: 'Another beginning.' }, ...over.slice(1)];
    const due = await call(edited);
    expect(due).toMatchObject({ outcome: 'compacted', sequence: 1 });
    expect(brokenLaws(due)).toEqual([]);
    expect(observer.runs[1]?.result).toMatchObject({ outcome: 'stale', sequence: 0 });
    expect(observer.runs[1]?.result?.items).toEqual(near);
  });

  it('is stale where something that it would take has been protected since', async () => {
    const { call, observer } = setup([{ text }, { text }]);
    await call(near);
    await vi.waitFor(() => expect(observer.runs[1]?.steps).toHaveLength(4));
    const [first, ...rest] = over;
    const due = await call([{ ...first, protected: true }, ...rest]);
    expect(observer.runs[1]?.result?.outcome).toBe('stale');
    expect(due.items).toContainEqual(first);
  });

  it('is given up where somebody compacts by hand first', async () => {
    const { call, manager, observer, summarizer } = setup([() => new Promise(() => {}), { text }]);
    await call(near);
    await vi.waitFor(() => expect(summarizer.requests).toHaveLength(1));
    const byHand = await manager.compact({ sessionId: 's', items: near });
    expect(byHand.outcome).toBe('compacted');
    await vi.waitFor(() => expect(observer.runs[1]?.result?.outcome).toBe('stale'));
    expect(observer.runs[1]?.result?.advice).toContain('another compaction came first');
  });

  it('is stale where another process that shares the store has compacted', async () => {
    const store = new MemorySessionStore();
    const here = setup([{ text }, { text }], { store });
    const there = setup([{ text }], { store });
    await here.call(near);
    await vi.waitFor(() => expect(here.observer.runs[1]?.steps).toHaveLength(4));
    expect(await there.call(over)).toMatchObject({ outcome: 'compacted', sequence: 1 });
    // The splice of the other process is found; what is over the trigger again is compacted anew.
    const due = await here.call([...over, ...talk(75).slice(over.length)]);
    expect(here.observer.runs[1]?.result).toMatchObject({ outcome: 'stale' });
    expect(due).toMatchObject({ outcome: 'compacted', sequence: 2, reapplied: 'applied' });
    expect(brokenLaws(due)).toEqual([]);
  });

  it('is given up when the manager closes', async () => {
    const { call, manager, observer } = setup([() => new Promise(() => {})]);
    await call(near);
    await vi.waitFor(() => expect(observer.runs).toHaveLength(2));
    manager.close();
    await vi.waitFor(() => expect(observer.runs[1]?.result?.outcome).toBe('stale'));
  });

  it('works for a caller who stores what the engine returned', async () => {
    const { call, observer } = setup([{ text }, { text }]);
    const early = await call(near);
    await vi.waitFor(() => expect(observer.runs[1]?.steps).toHaveLength(4));
    const due = await call([...early.items, ...over.slice(near.length)]);
    expect(due).toMatchObject({ outcome: 'noop_below', reapplied: 'applied' });
    const next = await call([...due.items, ...talk(37).slice(over.length)]);
    expect(next).toMatchObject({ outcome: 'noop_below', summary: { version: 1 } });
    expect(brokenLaws(next)).toEqual([]);
  });

  it('needs a summarizer that there is something to wait for', () => {
    expect(() => setup([], { summarizer: undefined })).toThrow(/prepareAheadPct would have no effect/u);
  });
});
