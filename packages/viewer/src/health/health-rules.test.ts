import type { Call, Cut, Session } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { findingsOf, healthRules } from './health-rules.ts';

const session = recordedSession({ isMeasured: true });
const idsOf = (of: Session): readonly string[] => findingsOf(of).map(({ rule }) => rule);

/** The session with its latest call changed. */
function withLast(change: Partial<Call>, of = session): Session {
  return {
    ...of,
    calls: of.calls.map((call, at) => (at === of.calls.length - 1 ? { ...call, ...change } : call)),
  };
}

function holding(category: 'tool_results' | 'protected' | 'summary', share: number): Session {
  const measure = {
    tokens: 100_000,
    categories: { [category]: share * 100_000, user: (1 - share) * 100_000 },
  };
  return withLast({ before: measure, after: measure, window: { limit: 100_000 } });
}

describe('the rules of health', () => {
  it('have names of their own and say something to do', () => {
    expect(new Set(healthRules.map(({ id }) => id)).size).toBe(healthRules.length);
    for (const { rule, says, action } of findingsOf(session)) {
      expect(healthRules.some(({ id }) => id === rule)).toBe(true);
      expect(says).toMatch(/\.$/);
      expect(action).toMatch(/\.$/);
    }
  });

  it('put the gravest first, whatever found it', () => {
    const order = { bad: 0, warn: 1, plain: 2 };
    const weights = findingsOf(session).map(({ weight }) => order[weight]);
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
    expect(idsOf(session)[0]).toBe('failed');
  });

  it.each([
    ['tool_results', 'tool_output', 0.6],
    ['protected', 'protected_share', 0.3],
    ['summary', 'summary_share', 0.4],
  ] as const)('find %s from its threshold on, and not below', (category, rule, threshold) => {
    expect(idsOf(holding(category, threshold))).toContain(rule);
    expect(idsOf(holding(category, threshold - 0.01))).not.toContain(rule);
  });

  it('name the largest tool result where the items are known', () => {
    const finding = findingsOf(holding('tool_results', 0.7)).find(({ rule }) => rule === 'tool_output');
    expect(finding?.says).toMatch(
      /^Tool results are 70 % of the latest prompt; the largest is [\d.]+k? tokens from \w+\.$/,
    );
  });

  it('count compactions of the last twelve calls only, and none that put something back', () => {
    const cutAt = (position: number, outcome: Cut['outcome'] = 'compacted'): Cut => {
      const [cut] = session.cuts;
      if (cut === undefined) throw new Error('The recorded session has no cut.');
      return Object.assign({}, cut, { kind: 'changed', outcome, call: { ...cut.call, position } });
    };
    const at = (...positions: readonly number[]): Session => ({
      ...session,
      cuts: positions.map((p) => cutAt(p)),
    });
    expect(idsOf(at(49, 52, 60))).toContain('compaction_rate');
    expect(idsOf(at(48, 52, 60))).not.toContain('compaction_rate');
    const restored = { ...session, cuts: [cutAt(50, 'restored'), cutAt(55, 'restored'), cutAt(60)] };
    expect(idsOf(restored)).not.toContain('compaction_rate');
    expect(idsOf(restored)).toContain('put_back');
  });

  it('find cache misses only where enough calls could have hit', () => {
    const cache = {
      state: 'warm',
      reason: 'read',
      epoch: 1,
      prefix_tokens: 10_000,
      rewritten_tokens: 0,
    } as const;
    const missing = (misses: number, calls: number): Session => ({
      ...session,
      cuts: [],
      calls: session.calls.slice(0, calls).map((call, at) => ({
        ...call,
        cache,
        usage: { spanId: call.id, inputTokens: 12_000, cacheReadTokens: at < misses ? 0 : 9_900 },
      })),
    });
    expect(idsOf(missing(4, 10))).toContain('cache_misses');
    expect(idsOf(missing(2, 10))).not.toContain('cache_misses');
    expect(idsOf(missing(7, 7))).not.toContain('cache_misses');
  });

  it('say that a compaction is near', () => {
    const growing = (to: number): Session => ({
      ...session,
      cuts: [],
      calls: session.calls.slice(0, 6).map((call, at) => {
        const measure = { tokens: to - (5 - at) * 1_000, categories: {} };
        return { ...call, before: measure, after: measure, window: { limit: 128_000, trigger: 100_000 } };
      }),
    });
    expect(idsOf(growing(97_000))).toContain('due_soon');
    expect(idsOf(growing(96_000))).not.toContain('due_soon');
  });

  it('find nothing in a session that is well', () => {
    expect(findingsOf(recordedSession({ calls: 4 }))).toEqual([]);
    expect(findingsOf({ ...session, calls: [], cuts: [], runs: [] })).toEqual([]);
  });
});
