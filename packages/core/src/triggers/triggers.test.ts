import { describe, expect, it } from 'vitest';
import { allOf, anyOf, goalOf, pruneOnly, strongest } from './combine-triggers.ts';
import { afterItems, afterTurns, whenIdleFor } from './session-triggers.ts';
import { whenTokensLeftBelow, whenTokensReach, whenUsageReaches } from './token-triggers.ts';
import { explain } from './trigger-rule.ts';
import type { TriggerFacts, TriggerRule } from './trigger-rule.ts';

const facts: TriggerFacts = {
  tokens: 500,
  window: { limitTokens: 1000, reserveTokens: 100, triggerTokens: 850, targetTokens: 500 },
  turns: 3,
  items: 10,
  idleMillis: 60_000,
};
const always: TriggerRule = { name: 'always', fires: () => true, goal: 'target' };
const never: TriggerRule = { name: 'never', fires: () => false };

describe('a trigger fires from its bound on, and says with which operands:', () => {
  it.each<[string, (bound: number) => TriggerRule, number, number, string]>([
    ['whenUsageReaches', whenUsageReaches, 0.5, 0.51, 'estimate 500 >= 500 (0.5 of 1000 tokens)'],
    ['whenTokensReach', whenTokensReach, 500, 501, 'estimate 500 >= 500 tokens'],
    ['whenTokensLeftBelow', whenTokensLeftBelow, 401, 400, '400 tokens left < 401'],
    ['afterTurns', afterTurns, 2, 3, '3 turns > 2'],
    ['afterItems', afterItems, 9, 10, '10 items > 9'],
    ['whenIdleFor', whenIdleFor, 60_000, 60_001, 'idle for 60000 ms >= 60000 ms'],
  ])('%s', (_name, factory, bound, beyond, because) => {
    expect(factory(bound).fires(facts)).toBe(true);
    expect(explain(factory(bound), facts)).toBe(because);
    expect(factory(beyond).fires(facts)).toBe(false);
  });

  it('never calls a session idle that it has not met before', () => {
    const { idleMillis: _, ...first } = facts;
    expect(whenIdleFor(1).fires(first)).toBe(false);
  });
});

describe('triggers combined', () => {
  it('fire when one of them does, and say which', () => {
    const rule = anyOf(never, afterItems(1), afterTurns(2));
    expect(rule.fires(facts)).toBe(true);
    expect(explain(rule, facts)).toBe('10 items > 1 or 3 turns > 2');
    expect(anyOf(never, afterItems(99)).fires(facts)).toBe(false);
    expect(anyOf().fires(facts)).toBe(false);
  });

  it('fire when all of them do, and not where there are none', () => {
    expect(allOf(always, afterItems(1)).fires(facts)).toBe(true);
    expect(explain(allOf(afterTurns(2), afterItems(1)), facts)).toBe('3 turns > 2 and 10 items > 1');
    expect(allOf(always, never).fires(facts)).toBe(false);
    expect(allOf().fires(facts)).toBe(false);
  });

  it('ask for as much as the strongest of them', () => {
    expect(goalOf(anyOf(always, pruneOnly(never)))).toBe('target');
    expect(goalOf(allOf(always, never))).toBe('all');
    expect(strongest([pruneOnly(always)])).toBe('prune');
  });

  it('ask for no summary where they are to prune only, and fire as before', () => {
    const rule = pruneOnly(afterItems(1));
    expect(rule).toMatchObject({ name: 'items', goal: 'prune' });
    expect(rule.fires(facts)).toBe(true);
  });
});
