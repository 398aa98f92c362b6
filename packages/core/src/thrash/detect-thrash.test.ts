import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCompaction, breakerAt, mayAskModel, opened } from './breaker.ts';
import { detectThrash } from './detect-thrash.ts';
import { noThrash } from './thrash-history.ts';
import type { PastCompaction } from './thrash-history.ts';

const window = { limitTokens: 1000, reserveTokens: 50, triggerTokens: 850, targetTokens: 500 };
const limits = { compactions: 3, calls: 10, cooldownCalls: 10, minReclaimRatio: 0.1 };
const made = (call: number, before = 900, after = 500): PastCompaction => ({
  call,
  before,
  after,
  isAsked: true,
});
const signalsAt = (call: number, ...history: PastCompaction[]) =>
  detectThrash(history, { call, window, limits })?.signals;

describe('a compaction that is due', () => {
  it('is no thrashing where there was none, where they are far apart, or where each freed much', () => {
    expect(signalsAt(5)).toBeUndefined();
    expect(signalsAt(40, made(10), made(25))).toBeUndefined();
    expect(signalsAt(9, made(3), made(6))).toBeUndefined();
  });

  it.each([
    ['frequent', signalsAt(12, made(3), made(6), made(9))],
    ['quick_refill', signalsAt(9, made(7), made(8))],
    ['small_reclaim', signalsAt(9, made(3, 900, 840), made(6, 900, 830))],
    ['floor', signalsAt(9, made(3, 2000, 860))],
  ])('is thrashing by %s', (signal, signals) => {
    expect(signals).toEqual([signal]);
  });

  it('forgets what is longer ago than the calls that count', () => {
    expect(signalsAt(14, made(3, 2000, 860))).toBeUndefined();
    expect(detectThrash([made(3), made(6), made(9)], { call: 12, window, limits })).toMatchObject({
      compactions: 3,
      calls: 10,
    });
  });
});

describe('the breaker', () => {
  const thrash = { signals: ['floor'], compactions: 1, calls: 2 } as const;
  const done = { ...made(20), triggerTokens: window.triggerTokens };

  it('opens on thrashing, is tried after its cooldown, and closes where that helped', () => {
    expect(breakerAt(noThrash, undefined, 5, limits)).toBe('closed');
    expect(breakerAt(noThrash, thrash, 5, limits)).toBe('open');
    const memory = opened(noThrash, 5);
    expect(breakerAt(memory, undefined, 14, limits)).toBe('open');
    expect(breakerAt(memory, thrash, 15, limits)).toBe('half_open');
    expect(afterCompaction(memory, 'half_open', done, limits).openedAt).toBeUndefined();
    expect(afterCompaction(memory, 'half_open', { ...done, after: 860 }, limits).openedAt).toBe(20);
    expect(afterCompaction(memory, 'half_open', { ...done, after: 845 }, limits).openedAt).toBe(20);
    expect(afterCompaction(memory, 'open', done, limits).openedAt).toBe(5);
  });

  it('lets a model be asked in any stretch of calls as often as is allowed, and remembers little', () => {
    const any = fc.record({
      compactions: fc.integer({ min: 1, max: 5 }),
      calls: fc.integer({ min: 1, max: 20 }),
      cooldownCalls: fc.integer({ min: 1, max: 20 }),
      due: fc.array(fc.record({ isDue: fc.boolean(), after: fc.integer({ min: 0, max: 1000 }) }), {
        maxLength: 120,
      }),
    });
    fc.assert(
      fc.property(any, ({ due, ...given }) => {
        const of = { ...given, minReclaimRatio: 0.1 };
        let memory = noThrash;
        const asked: number[] = [];
        for (const [call, { isDue, after }] of due.entries()) {
          if (!isDue) continue;
          const found = detectThrash(memory.compactions, { call, window, limits: of });
          const state = breakerAt(memory, found, call, of);
          const isAsked = mayAskModel(memory, state, call, of);
          if (isAsked) asked.push(call);
          const now = state === 'open' ? opened(memory, call) : memory;
          memory = afterCompaction(
            now,
            state,
            { call, before: 1000, after, isAsked, triggerTokens: window.triggerTokens },
            of,
          );
          expect(memory.compactions.length).toBeLessThanOrEqual(Math.max(of.calls, 2));
        }
        for (const call of asked) {
          const inStretch = asked.filter((other) => other > call - of.calls && other <= call);
          expect(inStretch.length).toBeLessThanOrEqual(of.compactions);
        }
        expect(asked.length).toBeLessThanOrEqual(of.compactions * Math.ceil(due.length / of.calls));
      }),
    );
  });
});
