import { agents } from '@clew/core';
import { MemorySession } from '@openai/agents-core';
import type { AgentInputItem } from '@openai/agents-core';
import { functionCall } from '@openai/agents-core/testing';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { itemHistories, toolResult, userMessage } from '../testing/item-histories.fixture.ts';
import { storedSessions } from '../testing/stored-sessions.fixture.ts';
import { BoundedSession } from './bounded-session.ts';

const texts = (...names: readonly string[]) => names.map(userMessage);

test('however writes are cut: bounded below, valid, in order, and the deleted are told once each', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      itemHistories,
      sizes,
      fc.integer({ min: 4, max: 20 }),
      async (items, cuts, windowSize) => {
        const below = new MemorySession();
        const deleted: AgentInputItem[] = [];
        const session = new BoundedSession(below, {
          windowSize,
          onDelete: (gone) => void deleted.push(...gone),
        });
        for (let from = 0, turn = 0; from < items.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          await session.addItems(items.slice(from, from + size));
          from += size;
          const stored = await below.getItems();
          const isPending = agents.validate(stored).some(({ rule }) => rule === 'call_without_result');
          const orphans = agents.validate(stored).filter(({ rule }) => rule === 'result_without_call');
          expect(orphans).toEqual([]);
          // A call under way stays with all that belongs to it, whatever the limit.
          if (!isPending) expect(stored.length).toBeLessThanOrEqual(windowSize);
        }
        const stored = await below.getItems();
        expect([...deleted, ...stored]).toEqual(items);
        expect(agents.validate(stored)).toEqual([]);
      },
    ),
  );
});

test('a call that waits for its result is never deleted, and then neither is the pair split', async () => {
  const below = new MemorySession();
  const session = new BoundedSession(below, { windowSize: 3, keepRatio: 1 });
  const call = functionCall('read', {}, { callId: 'c1' });
  await session.addItems([call]);
  for (const name of ['a', 'b', 'c', 'd', 'e']) await session.addItems(texts(name));
  expect(await below.getItems()).toEqual([call, ...texts('d', 'e')]);
  const result = toolResult('c1', 'text');
  await session.addItems([result]);
  expect(await below.getItems()).toEqual([call, ...texts('e'), result]);
});

test('not every write rewrites: it makes room for some', async () => {
  const below = new MemorySession();
  const session = new BoundedSession(below, { windowSize: 10, keepRatio: 0.5 });
  const lengths: number[] = [];
  for (let count = 0; count < 13; count += 1) {
    await session.addItems(texts(`${count}`));
    lengths.push((await below.getItems()).length);
  }
  expect(lengths).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 5, 6, 7]);
});

test('by tokens, too', async () => {
  const below = new MemorySession();
  const options = { tokenBudget: 100, tokenCounter: (text: string) => text.length, keepRatio: 1 };
  const session = new BoundedSession(below, options);
  await session.addItems(texts('x'.repeat(50), 'y'.repeat(40), 'z'.repeat(20)));
  expect(await below.getItems()).toEqual(texts('y'.repeat(40), 'z'.repeat(20)));
});

test('what cannot be archived is not deleted, and the write stands', async () => {
  const errors: unknown[] = [];
  const below = new MemorySession();
  const session = new BoundedSession(below, {
    windowSize: 2,
    onDelete: () => Promise.reject(new Error('disk full')),
    onError: (error) => void errors.push(error),
  });
  await session.addItems(texts('a', 'b', 'c'));
  expect(await below.getItems()).toEqual(texts('a', 'b', 'c'));
  expect(errors).toEqual([expect.objectContaining({ message: 'disk full' })]);
});

test('where writing back fails, what was there is put back', async () => {
  const below = new MemorySession();
  const add = below.addItems.bind(below);
  let failures = 1;
  below.addItems = async (items) => {
    if (items.length === 1 && failures > 0 && items[0]?.type === 'message') {
      failures -= 1;
      throw new Error('locked');
    }
    await add(items);
  };
  const session = new BoundedSession(below, { windowSize: 2, keepRatio: 0.5, onError: () => {} });
  await session.addItems(texts('a', 'b', 'c'));
  expect(failures).toBe(0);
  expect(await below.getItems()).toEqual(texts('a', 'b', 'c'));
});

test('in one transaction where that is asked for, which the session below must take', async () => {
  const below = new MemorySession();
  const session = new BoundedSession(below, { windowSize: 2, isAtomic: true });
  below.clearSession = async () => {
    throw new Error('not needed');
  };
  await session.addItems(texts('a', 'b', 'c'));
  expect(await below.getItems()).toEqual(texts('c'));
  const bare = Object.assign(new MemorySession(), { applyHistoryTransaction: undefined });
  expect(() => new BoundedSession(bare, { windowSize: 2, isAtomic: true })).toThrow(/isAtomic needs/u);
});

test('a transaction of the runner is a write like another', async () => {
  const below = new MemorySession();
  const session = new BoundedSession(below, { windowSize: 2, keepRatio: 1 });
  await session.applyHistoryTransaction?.({
    operationId: 'op',
    transaction: { type: 'append_items', items: texts('a', 'b', 'c') },
  });
  expect(await below.getItems()).toEqual(texts('b', 'c'));
});

test('writes that come at once are made one after the other', async () => {
  const below = new MemorySession();
  const session = new BoundedSession(below, { windowSize: 4, keepRatio: 1 });
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(async (name) => session.addItems(texts(name))));
  expect(await below.getItems()).toEqual(texts('c', 'd', 'e', 'f'));
});

describe.each(storedSessions)('over %s', (_, open) => {
  it('what is stored stays small', async () => {
    const { session: below, close } = await open();
    const session = new BoundedSession(below, { windowSize: 4 });
    for (let count = 0; count < 20; count += 1) {
      const callId = `c${count}`;
      await session.addItems([functionCall('read', {}, { callId })]);
      await session.addItems([toolResult(callId, 'text')]);
    }
    const stored = await below.getItems();
    expect(stored.length).toBeLessThanOrEqual(4);
    expect(stored.at(-1)).toEqual(toolResult('c19', 'text'));
    expect(agents.validate(stored)).toEqual([]);
    await close?.();
  });
});
