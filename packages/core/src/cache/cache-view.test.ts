import { describe, expect, it } from 'vitest';
import type { Entry } from '../entry.ts';
import { GrowingList } from '../growing-list.ts';
import { noCache } from './cache-memory.ts';
import type { CacheLane, CacheMemory } from './cache-memory.ts';
import { cacheViewOf } from './cache-view.ts';
import type { CacheReason, CacheState } from './cache-view.ts';
import { learnCache } from './learn-cache.ts';
import { whenCacheIsCold } from '../triggers/session-triggers.ts';
import { explain } from '../triggers/trigger-rule.ts';

const minute = 60_000;
const entry = (id: string, tokens: number) => ({ id, tokens }) as Entry<unknown>;
const list = GrowingList.from([entry('a', 4000), entry('b', 4000), entry('c', 100)]);
const sent: CacheLane = {
  model: 'm',
  preamble: 'p',
  at: 0,
  count: 2,
  id: 'b',
  sharedTokens: 5000,
  idleMillis: minute,
  misses: 0,
};
const memoryOf = (...lanes: readonly Partial<CacheLane>[]): CacheMemory => ({
  ...noCache,
  lanes: lanes.map((lane) => ({ ...sent, ...lane })),
});
const seen = (memory: CacheMemory | undefined, now = minute, hasLostSplice = false) =>
  cacheViewOf({
    memory,
    model: 'm',
    preamble: 'p',
    list,
    totalTokens: 9100,
    hasLostSplice,
    now,
    coldAfterMillis: 5 * minute,
  });

describe('what a cache holds of the next prompt', () => {
  it.each([
    ['nothing was sent', undefined, 'unknown', 'first_call', 0],
    ['nothing was reported', memoryOf({}), 'unknown', 'not_reported', 9000],
    ['it was read', memoryOf({ read: 4500 }), 'warm', 'read', 9000],
    ['it was written', memoryOf({ read: 0, written: 9000 }), 'warm', 'written', 9000],
    ['it was neither read nor written', memoryOf({ read: 0, written: 0 }), 'cold', 'not_cached', 9000],
    ['another model was sent', memoryOf({ model: 'n', read: 1 }), 'cold', 'model_changed', 0],
    ['other tools were sent', memoryOf({ preamble: 'q', read: 1 }), 'cold', 'preamble_changed', 0],
    ['agents take turns', memoryOf({ preamble: 'q', read: 9 }, { read: 4500 }), 'warm', 'read', 9000],
    ['another history was sent', memoryOf({ id: 'x', read: 4500 }), 'unknown', 'history_changed', 0],
    ['a longer history was sent', memoryOf({ count: 4, read: 4500 }), 'unknown', 'history_changed', 0],
    [
      'it missed once, and does not say what it wrote',
      memoryOf({ read: 0, misses: 1 }),
      'unknown',
      'missed',
      9000,
    ],
    [
      'it missed once, and has written it then',
      memoryOf({ read: 0, written: 9000, misses: 1 }),
      'warm',
      'written',
      9000,
    ],
    [
      'it missed twice, whatever it wrote',
      memoryOf({ read: 0, written: 9000, misses: 2 }),
      'cold',
      'missed',
      9000,
    ],
  ] as const)('%s', (_, memory, state, reason, sharedTokens) => {
    expect(seen(memory)).toMatchObject({ state, reason, sharedTokens });
  });

  it('is cold after a rest, unless it was seen to outlive such a rest', () => {
    const memory = memoryOf({ read: 4500 });
    expect(seen(memory, 5 * minute)).toMatchObject({ state: 'cold', reason: 'idle' });
    expect(seen({ ...memory, outlivedMillis: 30 * minute }, 20 * minute).state).toBe('warm');
  });

  it('is cold where the splice was looked for in vain: the beginning is another', () => {
    expect(seen(memoryOf({ id: 'x' }), minute, true)).toMatchObject({
      state: 'cold',
      reason: 'history_changed',
    });
  });
});

describe('what a report says of a cache', () => {
  const after = (lane: Partial<CacheLane>, read?: number, written?: number) =>
    learnCache(
      memoryOf(lane),
      { inputTokens: 9000, cacheReadInputTokens: read, cacheWriteInputTokens: written },
      5 * minute,
    );

  it('counts as a miss what reads less than half of what was sent before, and forgets misses at a hit', () => {
    expect(after({ misses: 1 }, 200, 8800).lanes[0]).toMatchObject({ misses: 2, read: 200, written: 8800 });
    expect(after({ misses: 1 }, 4000).lanes[0]).toMatchObject({ misses: 0, read: 4000 });
  });

  it('is no miss after a rest, nor where too little was sent before to tell', () => {
    expect(after({ idleMillis: 6 * minute }, 0).lanes[0]?.misses).toBe(0);
    expect(after({ sharedTokens: 1500 }, 0).lanes[0]?.misses).toBe(0);
  });

  it('teaches how long the provider keeps a prompt, from what it has kept', () => {
    expect(after({ idleMillis: 12 * minute }, 4800).outlivedMillis).toBe(12 * minute);
    expect(after({ idleMillis: 12 * minute }, 100).outlivedMillis).toBeUndefined();
  });

  it('leaves things as they are where it says nothing of the cache', () => {
    const memory = memoryOf({ read: 7 });
    expect(learnCache(memory, { inputTokens: 9000 }, minute)).toBe(memory);
    expect(learnCache(noCache, { inputTokens: 1, cacheReadInputTokens: 1 }, minute)).toBe(noCache);
  });
});

it('is what the trigger for a cold cache goes by, and a rest only where nothing is known', () => {
  const window = { limitTokens: 1, reserveTokens: 0, triggerTokens: 1, targetTokens: 1 };
  const facts = { tokens: 1, window, turns: 1, items: 1, idleMillis: 6 * minute };
  const rule = whenCacheIsCold();
  const at = (state: CacheState, reason: CacheReason) => ({ ...facts, cache: { state, reason } });
  expect(rule.fires(at('warm', 'read'))).toBe(false);
  expect(rule.fires(at('unknown', 'not_reported'))).toBe(true);
  expect(rule.fires(facts)).toBe(true);
  const changed = { ...at('cold', 'model_changed'), idleMillis: 0 };
  expect(rule.fires(changed)).toBe(true);
  expect(explain(rule, changed)).toBe('the cache is cold (model_changed)');
  expect(explain(rule, facts)).toBe('idle for 360000 ms >= 300000 ms');
});
