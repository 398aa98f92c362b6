import { agents, CharacterCounter, CompactError, TiktokenCounter } from '@clew/core';
import { MemorySession } from '@openai/agents-core';
import type { AgentInputItem, RunContext, Session } from '@openai/agents-core';
import { assistantMessage, functionCall } from '@openai/agents-core/testing';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { itemHistories, toolResult, userMessage } from '../testing/item-histories.fixture.ts';
import { storedSessions } from '../testing/stored-sessions.fixture.ts';
import { ItemTokens } from './item-tokens.ts';
import { LocalCompactionSession } from './local-compaction-session.ts';
import type { LocalCompactionSessionOptions } from './local-compaction-session.ts';

const pair = (callId: string, output = 'text') => [
  functionCall('read', { path: callId }, { callId }),
  toolResult(callId, output),
];

async function windowOf(
  items: readonly AgentInputItem[],
  options: LocalCompactionSessionOptions,
  limit?: number,
): Promise<AgentInputItem[]> {
  const below = new MemorySession({ initialItems: [...items] });
  return new LocalCompactionSession(below, options).getItems(limit);
}

async function tokensOf(items: readonly AgentInputItem[]): Promise<number> {
  const tokens = new ItemTokens(new CharacterCounter(), () => {});
  const weights = await Promise.all(items.map(async (item) => tokens.weigh(item)));
  return weights.reduce((sum, weight) => sum + weight, 0);
}

test('whatever the limits: they hold, what is read is a valid end of the history, and nothing is lost', async () => {
  const limit = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });
  const budget = fc.option(fc.integer({ min: 1, max: 1500 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(itemHistories, limit, budget, limit, async (items, windowSize, tokenBudget, most) => {
      fc.pre(windowSize !== undefined || tokenBudget !== undefined);
      const below = new MemorySession({ initialItems: items });
      const tokenCounter = tokenBudget === undefined ? undefined : new CharacterCounter();
      const session = new LocalCompactionSession(below, { windowSize, tokenBudget, tokenCounter });

      const read = await session.getItems(most);

      expect(read).toEqual(items.slice(items.length - read.length));
      expect(read.length).toBeLessThanOrEqual(Math.min(windowSize ?? Infinity, most ?? Infinity));
      expect(await tokensOf(read)).toBeLessThanOrEqual(tokenBudget ?? Infinity);
      expect(agents.validate(read)).toEqual([]);
      expect(await below.getItems()).toEqual(items);
    }),
  );
});

test('a larger window reads no less', async () => {
  await fc.assert(
    fc.asyncProperty(itemHistories, fc.integer({ min: 1, max: 30 }), async (items, windowSize) => {
      const less = await windowOf(items, { windowSize });
      const more = await windowOf(items, { windowSize: windowSize + 1 });
      expect(more.length).toBeGreaterThanOrEqual(less.length);
    }),
  );
});

test('a call and its result are atomic, in the window and under a limit', async () => {
  const items = [userMessage('a'), ...pair('c1'), assistantMessage('b')];
  expect(await windowOf(items, { windowSize: 2 })).toEqual(items.slice(3));
  expect(await windowOf(items, { windowSize: 3 })).toEqual(items.slice(1));
  expect(await windowOf(items, { windowSize: 9 }, 2)).toEqual(items.slice(3));
  expect(await windowOf(items, { windowSize: 9 }, 0)).toEqual([]);
});

test('both limits at once: whichever is reached first', async () => {
  const items = [userMessage('x'.repeat(4000)), userMessage('b'), userMessage('c')];
  const tokenCounter = (text: string) => text.length;
  expect(await windowOf(items, { windowSize: 2, tokenBudget: 100_000, tokenCounter })).toHaveLength(2);
  expect(await windowOf(items, { windowSize: 3, tokenBudget: 4000, tokenCounter })).toHaveLength(2);
  expect(await windowOf(items, { windowSize: 3, tokenBudget: 5000, tokenCounter })).toHaveLength(3);
});

describe('a token counter', () => {
  it('is js-tiktoken by default, and may be a counter or a function that answers later', async () => {
    const items = Array.from({ length: 9 }, (_, index) => userMessage(`message ${index} with some words`));
    const later = async (text: string) => new TiktokenCounter().count(text);
    const byDefault = await windowOf(items, { tokenBudget: 40 });
    expect(byDefault.length).toBeGreaterThan(0);
    expect(byDefault.length).toBeLessThan(9);
    expect(await windowOf(items, { tokenBudget: 40, tokenCounter: new TiktokenCounter() })).toEqual(
      byDefault,
    );
    expect(await windowOf(items, { tokenBudget: 40, tokenCounter: later })).toEqual(byDefault);
  });

  it('is asked once for a text, and for none that lies behind the window', async () => {
    const asked: string[] = [];
    const items = ['a', 'b', 'c', 'd', 'c'].map(userMessage);
    const session = new LocalCompactionSession(new MemorySession({ initialItems: items }), {
      tokenBudget: 20,
      tokenCounter: async (text) => {
        asked.push(text);
        return 5;
      },
    });
    expect(await session.getItems()).toHaveLength(2);
    await session.getItems();
    expect(asked).toEqual(['c', 'd']);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('no network'))],
    ['answers nonsense', () => Number.NaN],
  ])('that %s costs the exact count, not the run', async (_, tokenCounter) => {
    const errors: unknown[] = [];
    const items = Array.from({ length: 5 }, () => userMessage('some words '.repeat(20)));
    const onError = (error: unknown) => void errors.push(error);
    const read = await windowOf(items, { tokenBudget: 120, tokenCounter, onError });
    expect(read.length).toBeGreaterThan(0);
    expect(read.length).toBeLessThan(5);
    expect(errors).not.toEqual([]);
  });
});

test('what is protected is read back however old it is, with what belongs to it', async () => {
  const items = [...pair('c1'), ...['a', 'b', 'c'].map(userMessage)];
  const isProtected = (item: AgentInputItem) => item.type === 'function_call';
  expect(await windowOf(items, { windowSize: 3, isProtected })).toEqual([...pair('c1'), userMessage('c')]);
});

test('a compaction item of OpenAI is never cut off: nothing else holds what it stands for', async () => {
  const compaction: AgentInputItem = { type: 'compaction', encrypted_content: 'opaque' };
  const items = [compaction, ...['a', 'b', 'c'].map(userMessage)];
  expect(await windowOf(items, { windowSize: 2 })).toEqual([compaction, userMessage('c')]);
});

test('where OpenAI has compacted, the items below stay and the boundary is appended', async () => {
  const below = new MemorySession({ initialItems: ['a', 'b', 'c'].map(userMessage) });
  const session = new LocalCompactionSession(below, { windowSize: 2 });
  const compaction: AgentInputItem = { type: 'compaction', encrypted_content: 'opaque' };
  await session.replaceHistoryWithCompaction([compaction, userMessage('d')]);
  expect(await below.getItems()).toEqual([...['a', 'b', 'c'].map(userMessage), compaction, userMessage('d')]);
});

test('options that say nothing or too much are refused, with what to do', () => {
  const make = (options: object) => () => new LocalCompactionSession(new MemorySession(), options);
  expect(make({})).toThrow(/windowSize, tokenBudget or both/u);
  expect(make({ windowSize: 0 })).toThrow(CompactError);
  expect(make({ windowSize: 3, tokenCounter: () => 1 })).toThrow(/no effect without tokenBudget/u);
  expect(make({ window_size: 3 })).toThrow(/window_size/u);
});

describe.each(storedSessions)('over %s', (_, open) => {
  it('shows the end and leaves the rest where it is', async () => {
    const { session: below, close } = await open();
    const items = [userMessage('a'), ...pair('c1'), assistantMessage('b'), userMessage('c'), ...pair('c2')];
    const session = new LocalCompactionSession(below, { windowSize: 4, tokenBudget: 200 });
    for (const item of items) await session.addItems([item]);
    expect(await session.getItems()).toEqual(items.slice(3));
    expect(await session.getItems(3)).toEqual(items.slice(4));
    expect(await below.getItems()).toEqual(items);
    expect(await session.getSessionId()).toBe(await below.getSessionId());
    await close?.();
  });
});

describe('what the session below can do besides', () => {
  it('can be done through it, and nothing else', () => {
    const over = (session: Session) => new LocalCompactionSession(session, { windowSize: 2 });
    const plain = new MemorySession();
    expect(over(plain).applyHistoryTransaction).toBeTypeOf('function');
    expect(over(plain).applyHistoryMutations).toBeTypeOf('function');
    expect('runCompaction' in over(plain)).toBe(false);
    expect('acceptsRunContext' in over(plain)).toBe(false);
    const bare: Session = {
      getSessionId: async () => 's',
      getItems: async () => [],
      addItems: async () => {},
      popItem: async () => undefined,
      clearSession: async () => {},
    };
    expect('applyHistoryTransaction' in over(bare)).toBe(false);
  });

  it('is given the run’s context where it wants it, and not where it does not', async () => {
    const seen: unknown[][] = [];
    const note = (...args: unknown[]) => void seen.push(args);
    const below = (acceptsRunContext: boolean) => ({
      ...(acceptsRunContext && { acceptsRunContext }),
      getSessionId: async () => 's',
      getItems: async (...args: unknown[]) => (note('get', ...args), []),
      addItems: async (...args: unknown[]) => note('add', ...args),
      popItem: async (...args: unknown[]) => (note('pop', ...args), undefined),
      clearSession: async (...args: unknown[]) => note('clear', ...args),
    });
    const context = { context: 1 } as unknown as RunContext;
    for (const accepts of [true, false]) {
      const session = new LocalCompactionSession(below(accepts), { windowSize: 2 });
      await session.getItems(undefined, context);
      await session.addItems([], context);
      await session.popItem(context);
      await session.clearSession(context);
    }
    expect(seen).toEqual([
      ['get', undefined, context],
      ['add', [], context],
      ['pop', context],
      ['clear', context],
      ['get'],
      ['add', []],
      ['pop'],
      ['clear'],
    ]);
  });

  it('shows its window also to a runner that reads through ownership', async () => {
    const ownership = {};
    const below = Object.assign(new MemorySession(), {
      getItemsWithCompactionOwnership: async () => ({
        items: ['a', 'b', 'c'].map(userMessage),
        ownership,
      }),
    });
    const session = new LocalCompactionSession(below, { windowSize: 2 });
    expect(await session.getItemsWithCompactionOwnership?.()).toEqual({
      items: ['b', 'c'].map(userMessage),
      ownership,
    });
  });
});
