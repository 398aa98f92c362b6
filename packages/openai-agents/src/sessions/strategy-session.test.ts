import type { CompactResult } from '@clew/core';
import { agents } from '@clew/core';
import { ScriptedSummarizer, writtenSummary } from '@clew/core/testing';
import { Agent, MemorySession, Runner } from '@openai/agents-core';
import type { AgentInputItem } from '@openai/agents-core';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents-core/testing';
import { describe, expect, it, test } from 'vitest';
import { toolResult, userMessage } from '../testing/item-histories.fixture.ts';
import { storedSessions } from '../testing/stored-sessions.fixture.ts';
import { StrategySession } from './strategy-session.ts';
import type { StrategySessionOptions } from './strategy-session.ts';

/** One turn: a question, a call with a long output, an answer. */
function turn(number: number, tool = 'read'): AgentInputItem[] {
  const callId = `call_${number}`;
  return [
    userMessage(`question ${number}`),
    functionCall(tool, { path: `file-${number}.ts` }, { callId }),
    toolResult(callId, `contents of file ${number}. `.repeat(60), tool),
    assistantMessage(`answer ${number}`),
  ];
}

const turns = (count: number, tool?: string) =>
  Array.from({ length: count }, (_, index) => turn(index + 1, tool)).flat();

function sessionOf(options: StrategySessionOptions, items: AgentInputItem[] = turns(5)) {
  const below = new MemorySession({ initialItems: items });
  const results: CompactResult<object>[] = [];
  const session = new StrategySession(below, {
    triggerTurns: 3,
    keepTurns: 2,
    onCompaction: (result) => void results.push(result),
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  return { below, session, results };
}

describe.each(['none', 'trim', 'summarize', 'compact'] as const)('the mode %s', (mode) => {
  it('keeps everything below, reads valid items, and the same ones again', async () => {
    const { below, session } = sessionOf({ mode });
    const read = await session.getItems();
    expect(agents.validate(read)).toEqual([]);
    expect(read.slice(-8)).toEqual(turns(5).slice(-8));
    expect(await session.getItems()).toEqual(read);
    expect(await below.getItems()).toEqual(turns(5));
  });

  it('does nothing up to its trigger', async () => {
    const { session, results } = sessionOf({ mode }, turns(3));
    expect(await session.getItems()).toEqual(turns(3));
    expect(results).toEqual([]);
  });

  it('keeps a call and its result together under a limit', async () => {
    const { session } = sessionOf({ mode });
    expect(await session.getItems(2)).toEqual(turns(5).slice(-1));
    expect(await session.getItems(3)).toEqual(turns(5).slice(-3));
  });
});

test('none reads what is stored', async () => {
  const { session } = sessionOf({ mode: 'none' });
  expect(await session.getItems()).toEqual(turns(5));
});

test('trim leaves the latest turns, whole', async () => {
  const { session, results } = sessionOf({ mode: 'trim' });
  expect(await session.getItems()).toEqual(turns(5).slice(-8));
  expect(results.map(({ outcome, count }) => [outcome, count.before, count.after])).toEqual([
    ['pruned_only', 20, 8],
  ]);
});

test('summarize writes one summary of what leaves, and the next takes the first in', async () => {
  const summarizer = new ScriptedSummarizer([
    { text: writtenSummary('First: files 1 to 3.') },
    { text: writtenSummary('Second: files 1 to 5.') },
  ]);
  const { below, session, results } = sessionOf({ mode: 'summarize', summarizer });
  const first = await session.getItems();
  expect(first).toHaveLength(9);
  expect(JSON.stringify(first[0])).toContain('First: files 1 to 3.');
  await below.addItems([...turn(6), ...turn(7)]);
  const second = await session.getItems();
  expect(second).toHaveLength(9);
  expect(JSON.stringify(second[0])).toContain('Second: files 1 to 5.');
  expect(summarizer.requests.at(-1)?.prompt).toContain('First: files 1 to 3.');
  expect(results).toHaveLength(2);
});

test('without a summariser the summary is taken from the items', async () => {
  const { session } = sessionOf({ mode: 'summarize' });
  const [summary] = await session.getItems();
  expect(JSON.stringify(summary)).toContain('<COMPACT-SUMMARY v1>');
  expect(JSON.stringify(summary)).toContain('question 1');
});

test('compact puts placeholders for what old tools answered, but for the excluded', async () => {
  const items = [...turn(1, 'skill'), ...turns(5).slice(4)];
  const { session } = sessionOf({ mode: 'compact', excludeTools: ['skill'] }, items);
  const read = await session.getItems();
  expect(read).toHaveLength(items.length);
  const changed = read.flatMap((item, index) =>
    JSON.stringify(item) === JSON.stringify(items[index]) ? [] : index,
  );
  expect(changed).toEqual([6, 10]);
  expect(JSON.stringify(read[6])).toContain('cleared to save context');
});

test('compact empties what the calls were given, too, where that is asked for', async () => {
  const items = turns(4).map((item) =>
    item.type === 'function_call'
      ? { ...item, arguments: JSON.stringify({ text: 'word '.repeat(80) }) }
      : item,
  );
  const cleared = async (options: Partial<StrategySessionOptions>) => {
    const { session } = sessionOf({ mode: 'compact', ...options }, items);
    const read = await session.getItems();
    expect(agents.validate(read)).toEqual([]);
    return read.flatMap((item, index) =>
      JSON.stringify(item) === JSON.stringify(items[index]) ? [] : `${item.type} ${index}`,
    );
  };
  const results = ['function_call_result 2', 'function_call_result 6'];
  expect(await cleared({})).toEqual(results);
  expect(await cleared({ clearInputs: true })).toEqual([
    'function_call 1',
    'function_call_result 2',
    'function_call 5',
    'function_call_result 6',
  ]);
});

test('a callback that throws is reported, and the items are read compacted all the same', async () => {
  const errors: unknown[] = [];
  const { session } = sessionOf({
    mode: 'trim',
    onCompaction: () => {
      throw new Error('mine');
    },
    onError: (error) => void errors.push(error),
  });
  expect(await session.getItems()).toHaveLength(8);
  expect(errors).toEqual([expect.objectContaining({ message: 'mine' })]);
});

test('options that contradict one another are refused', () => {
  const make = (options: StrategySessionOptions) => () => new StrategySession(new MemorySession(), options);
  expect(make({ mode: 'trim', triggerTurns: 2, keepTurns: 3 })).toThrow(/keepTurns must not be above/u);
  expect(make({ mode: 'trim', excludeTools: ['read'] })).toThrow(/mode `compact`/u);
  expect(make({ mode: 'compact', strategy: 'brief' })).toThrow(/mode `summarize`/u);
  expect(make({ mode: 'shrink' as 'trim' })).toThrow(/mode/u);
});

test.each([false, true])('a run reads the summary and writes none of it (stream: %s)', async (isStreamed) => {
  const model = new ScriptedModel([[assistantMessage('done')]]);
  const { below, session } = sessionOf({ mode: 'summarize' });
  const runner = new Runner({ tracingDisabled: true });
  const agent = new Agent({ name: 'Ada', model });
  if (isStreamed) {
    const result = await runner.run(agent, 'go on', { session, stream: true });
    await result.completed;
  } else await runner.run(agent, 'go on', { session });
  expect(JSON.stringify(model.calls[0]?.request.input)).toContain('<COMPACT-SUMMARY v1>');
  const stored = await below.getItems();
  expect(stored).toHaveLength(22);
  expect(JSON.stringify(stored)).not.toContain('COMPACT-SUMMARY');
});

describe.each(storedSessions)('over %s', (_, open) => {
  it.each(['trim', 'summarize', 'compact'] as const)('%s reads less and deletes nothing', async (mode) => {
    const { session: below, close } = await open();
    const session = new StrategySession(below, { mode, triggerTurns: 3, keepTurns: 2 });
    await session.addItems(turns(5));
    const read = await session.getItems();
    expect(JSON.stringify(read).length).toBeLessThan(JSON.stringify(turns(5)).length / 1.5);
    expect(await below.getItems()).toEqual(turns(5));
    await close?.();
  });
});

test('its events name what was compacted, as the specification of the service does', async () => {
  const { session } = sessionOf({ mode: 'compact', clearInputs: true, excludeTools: ['search'] });
  const payloads: unknown[] = [];
  session.events?.subscribe((event) => {
    if (event.type === 'context.compaction.completed') payloads.push(event.payload);
  });
  await session.getItems();
  await session.getItems();
  expect(payloads).toHaveLength(1);
  expect(payloads[0]).toMatchObject({
    compacted_call_ids: ['call_1', 'call_2', 'call_3'],
    compacted_tool_names: ['read'],
    keep_turns: 2,
    trigger_turns: 3,
    clear_tool_inputs: true,
    excluded_tools: ['search'],
    total_items_before: 20,
    total_items_after: 20,
    turns_before: 5,
    turns_after: 5,
  });
  expect(sessionOf({ mode: 'none' }).session.events).toBeUndefined();
});
