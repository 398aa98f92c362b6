import type { Run } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { evaluateRules } from './evaluate-rules.ts';
import { policyDifferences } from './policy-differences.ts';
import { comparedShares, fieldWords, type Decision } from './policy-field.ts';

const recorded = recordedSession().runs.find(({ decision }) => decision?.triggered === true);

function runWith(decision: Partial<Decision>, record: Partial<NonNullable<Run['record']>> = {}): Run {
  if (recorded?.decision === undefined || recorded.record === undefined) throw new Error('No run fired.');
  return {
    ...recorded,
    decision: { ...recorded.decision, ...decision },
    record: { ...recorded.record, ...record },
  };
}

const window = { limit: 128_000, reserve: 1_500, trigger: 108_800, target: 64_000 };
const policy = { trigger_pct: 0.85, hard_cap_buffer: 1_500, strategy: 'task_state' };
const ruleOf = (name: string, run: Run) => evaluateRules(run).find((rule) => rule.name === name);

describe('a decision as an evaluated expression', () => {
  it('puts the usage and the trigger into the threshold', () => {
    expect(ruleOf('threshold', runWith({ t_est: 112_345, window, policy }))).toEqual({
      name: 'threshold',
      expression: 'usage 0.88 ≥ trigger 0.85',
      holds: true,
      effect: 'compact',
      note: '112,345 of 128,000 tokens; it fires from 108,800 on',
    });
    expect(ruleOf('threshold', runWith({ t_est: 108_799, window, policy }))).toMatchObject({
      expression: 'usage 0.8500 < trigger 0.85',
      holds: false,
    });
  });

  it.each([
    [{ limit: 128_000, reserve: 40_000, trigger: 88_000, target: 60_000 }, 'the reserve of 40,000'],
    [{ limit: 128_000, reserve: 1_500, trigger: 60_000, target: 30_000 }, 'the token budget'],
  ])('says what pulled the trigger down in %o', (pulled, by) => {
    const rule = ruleOf('threshold', runWith({ t_est: 90_000, window: pulled, policy }));
    expect(rule?.note).toContain(`pulled down from 0.85 by ${by}`);
    expect(rule?.holds).toBe(true);
  });

  it.each<[string, Record<string, unknown>, string, boolean | undefined]>([
    ['token budget', { token_budget: 60_000 }, 'estimate 112,345 ≥ 60,000', true],
    ['tokens left', { trigger_tokens_left: 20_000 }, 'left of the budget 14,155 < 20,000', true],
    ['tokens left', { trigger_tokens_left: 9_000 }, 'left of the budget 14,155 ≥ 9,000', false],
    ['turns', { trigger_turns: 6 }, 'turns (not told) > 6', undefined],
    ['window size', { window_size: 5 }, `items ${recorded?.record?.count.before ?? ''} > 5`, true],
    ['idle', { idle_trigger_pct: 0.5 }, 'usage 0.88 ≥ 0.5 and the cache is cold (not told)', undefined],
    ['soft threshold', { soft_trigger_pct: 0.9 }, 'usage 0.88 < 0.9 and the cache is cold (not told)', false],
  ])('evaluates %s', (name, fields, expression, holds) => {
    const run = runWith({ t_est: 112_345, window, policy: { ...policy, ...fields }, rule: 'threshold' });
    expect(ruleOf(name, run)).toMatchObject({ expression, holds });
  });

  it('knows that no rule held where none fired, also without its operands', () => {
    const { rule: _rule, ...skipped } = runWith({}).decision ?? { rule: '' };
    const run = runWith({ t_est: 1_000, window, policy: { ...policy, trigger_turns: 6 } });
    const decision = {
      ...run.decision,
      ...skipped,
      triggered: false,
      policy: { ...policy, trigger_turns: 6 },
    };
    expect(ruleOf('turns', { ...run, decision: decision as Decision })?.holds).toBe(false);
  });

  it('gives a rule of the application in the words of the engine', () => {
    const run = runWith({ rule: 'night', reason: 'night: after 22:00', policy, window });
    expect(ruleOf('night', run)).toMatchObject({ expression: 'night: after 22:00', holds: true });
  });

  it('has one reason where somebody asked, and says who', () => {
    expect(evaluateRules(runWith({ trigger: 'manual' })).map(({ expression }) => expression)).toEqual([
      'a person or the application asked for it',
    ]);
  });

  it('tells what held a compaction back', () => {
    const reason = 'cooling down: call 1 of 3 since the last compaction (estimate 9 >= trigger 8)';
    const run = runWith(
      { triggered: false, reason, policy: { ...policy, cooldown_calls: 3 }, window },
      {
        thrash: {
          signals: ['often'],
          breaker: 'open',
          compactions: 3,
          calls: 10,
          retry_at_call: (recorded?.callIndex ?? 0) + 5,
        },
      },
    );
    expect(ruleOf('cooldown', run)).toMatchObject({ expression: reason, holds: true, effect: 'hold back' });
    expect(ruleOf('thrash breaker', run)).toMatchObject({ holds: true, effect: 'hold back' });
  });

  it('is empty where no decision was told', () => {
    const { decision: _decision, ...untold } = runWith({});
    expect(evaluateRules(untold)).toEqual([]);
  });
});

describe('two policies', () => {
  it('are compared field by field, the window with them', () => {
    const decision = runWith({ policy, window }).decision;
    const other = runWith({
      policy: { ...policy, trigger_pct: 0.7, keep_tools: ['read', 'grep'] },
      window: { ...window, trigger: 89_600 },
    }).decision;
    if (decision === undefined || other === undefined) throw new Error('No decision.');
    expect(policyDifferences(decision, decision)).toEqual([]);
    expect(policyDifferences(decision, other)).toEqual([
      { field: 'keep_tools', from: 'not set', to: 'read, grep' },
      { field: 'trigger_pct', from: '0.85', to: '0.7' },
      { field: 'window.trigger', from: '108800', to: '89600' },
    ]);
  });
});

describe('the words of a field', () => {
  it('are those of its value', () => {
    expect([undefined, [], ['a', 1], true, 'fifo', { a: 1 }].map(fieldWords)).toEqual([
      'not set',
      'none',
      'a, 1',
      'true',
      'fifo',
      '{"a":1}',
    ]);
  });

  it('tell two shares apart that are near', () => {
    expect(comparedShares(0.95, 0.85)).toEqual(['0.95', '0.85']);
    expect(comparedShares(0.8541, 0.85)).toEqual(['0.854', '0.85']);
    expect(comparedShares(0.85, 0.85)).toEqual(['0.85', '0.85']);
  });
});
