import { describe, expect, it } from 'vitest';
import { keepRulesOf } from '../keep.ts';
import { parsePolicy } from '../parse-policy.ts';
import { planCompaction } from '../plan.ts';
import type { CompactPolicyInput } from '../policy.ts';
import { castOf, characterWeigher } from '../testing/entries.fixture.ts';
import type { TurnPlan } from '../testing/conversation.ts';
import { windowOf } from '../window.ts';

/** What a policy does to a history, by position. */
function plan(turns: readonly TurnPlan[], input: CompactPolicyInput, limit = 1000, system?: string) {
  const policy = parsePolicy({ hardCapBuffer: 0, keepRecentTurns: 1, keepToolIoPairs: 1, ...input });
  const { entries, groups } = castOf(turns, system);
  const window = windowOf(limit, policy);
  const { changes, covered } = planCompaction({
    entries,
    groups,
    total: entries.reduce((sum, { tokens }) => sum + tokens, 0),
    window,
    targetTokens: window.targetTokens,
    policy,
    keepRules: keepRulesOf(policy),
    weigher: characterWeigher,
    hasSummarizer: false,
    unreadShare: 0.5,
    goal: 'target',
    cleared: () => undefined,
  });
  const fates = [...changes].map(([index, { fate }]) => [index, fate] as const);
  return { fates: Object.fromEntries(fates.toSorted(([a], [b]) => a - b)), covered };
}
const call = (tool: string, length: number) => ({ tool, output: tool.slice(0, 1).repeat(length) });
/** 0 user, then for each call two items from 1 on, then the answer. */
const working = (...calls: readonly { tool: string; output: string }[]): readonly TurnPlan[] => [
  { user: 'go', calls, answer: 'done' },
  { user: 'next' },
];

describe('the results that may be touched', () => {
  it('are those of old calls: not the latest, and none so small that its placeholder would be as long', () => {
    const turns = working(call('read', 400), call('run', 50), call('grep', 300), call('list', 400));
    expect(plan(turns, { ladder: ['clear'] }).fates).toEqual({ 2: 'cleared', 6: 'cleared' });
  });

  it('are not those of excluded tools, nor those of tools that are kept', () => {
    const turns = working(call('read', 400), call('run', 400), call('grep', 400), call('list', 10));
    expect(plan(turns, { ladder: ['clear'], excludeTools: ['read'] }).fates).toEqual({
      4: 'cleared',
      6: 'cleared',
    });
    expect(plan(turns, { ladder: ['clear'], keepTools: ['run'] }).fates).toEqual({
      2: 'cleared',
      6: 'cleared',
    });
  });

  it('are not those that the model has not read', () => {
    const turns = [{ user: 'go', calls: [call('read', 700), call('run', 300)] }];
    expect(plan(turns, { ladder: ['clear'], keepToolIoPairs: 1 }).fates).toEqual({ 2: 'cleared' });
  });

  it('are cleared no further than to the target', () => {
    const turns = working(call('read', 400), call('run', 400), call('list', 10));
    expect(plan(turns, { ladder: ['clear'], targetPct: 0.6 }).fates).toEqual({ 2: 'cleared' });
  });

  it('are trimmed where they are oversized, the latest too', () => {
    const turns = working(call('read', 400), call('run', 90), call('list', 400));
    expect(plan(turns, { ladder: ['trim'], trimToolResultTokens: 100, targetPct: 0.1 }).fates).toEqual({
      2: 'trimmed',
      6: 'trimmed',
    });
  });
});

describe('the window step', () => {
  const turns = ['one', 'two', 'three', 'four'].map((user) => ({
    user: user.padEnd(100, '.'),
    answer: 'so'.padEnd(100, '.'),
  }));

  it('drops the oldest first, down to the target', () => {
    expect(plan(turns, { ladder: ['window'], targetPct: 0.6 }).fates).toEqual({
      0: 'dropped',
      1: 'dropped',
      2: 'dropped',
    });
  });

  it('drops the roles first that are to leave first', () => {
    const fates = { 1: 'dropped', 3: 'dropped', 5: 'dropped' };
    expect(plan(turns, { ladder: ['window'], targetPct: 0.6, rolesLeaveFirst: ['assistant'] }).fates).toEqual(
      fates,
    );
  });

  it('drops a call with its result, and what a policy only keeps as recent where the budget asks for it', () => {
    const long = [{ user: 'go', calls: [call('read', 300), call('run', 300)], answer: 'done' }];
    expect(plan(long, { ladder: ['window'], targetPct: 0.5, triggerPct: 0.51 }, 300).fates).toEqual({
      1: 'dropped',
      2: 'dropped',
      3: 'dropped',
      4: 'dropped',
    });
  });

  it('never drops what is protected, the last group, nor what the user said last', () => {
    const { fates } = plan(turns, { ladder: ['window'], targetPct: 0.1 }, 150, 'You are a test.');
    expect(Object.keys(fates)).toEqual(['1', '2', '3', '4', '5', '6']);
  });
});

describe('the digest step', () => {
  it('covers what no rule keeps, in whole groups', () => {
    const turns = working(call('read', 400), call('run', 400), call('list', 100));
    expect(plan(turns, { ladder: ['digest'], summaryMaxTokens: 100 }).covered).toEqual([0, 1, 2, 3, 4, 7]);
  });
});
