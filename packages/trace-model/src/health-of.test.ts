import { describe, expect, it } from 'vitest';
import { healthOf } from './health-of.ts';
import { changeRuns, sessionOf } from './recorded-session.fixture.ts';
import { digestOf } from './session-digest.ts';
import { recordSession } from './testing/index.ts';

describe('the health of a session', () => {
  it('names what was found by its rule, the gravest first, and the run to look at', () => {
    const session = sessionOf(recordSession({ isMeasured: true }));
    expect(healthOf(session).map(({ rule, count }) => [rule, count])).toEqual([
      ['failed', 1],
      ['eroded', 6],
      ['fallback', 1],
    ]);
    const ids = new Set(session.runs.map((run) => run.id));
    expect(healthOf(session).every(({ runId }) => ids.has(runId))).toBe(true);
  });

  it('finds nothing in a session without trouble', () => {
    expect(healthOf(sessionOf(recordSession({ calls: 4, isMeasured: true })))).toEqual([]);
  });

  it('tells a breaker that is open now, and runs that were held back', () => {
    const spans = recordSession({ calls: 4 });
    const thrash = {
      'compact.outcome': 'futile',
      'compact.thrash.signals': ['frequent'],
      'compact.thrash.breaker': 'open',
      'compact.thrash.compactions': 3,
      'compact.thrash.calls': 4,
      'compact.thrash.retry_at_call': 9,
    };
    const last = sessionOf(changeRuns(spans, (index) => (index === 4 ? thrash : undefined)));
    expect(last.calls[3]?.thrash).toMatchObject({ breaker: 'open', retry_at_call: 9 });
    expect(healthOf(last).map(({ rule, count }) => [rule, count])).toEqual([
      ['thrash', 3],
      ['held_back', 1],
    ]);
    const earlier = sessionOf(changeRuns(spans, (index) => (index === 2 ? thrash : undefined)));
    expect(healthOf(earlier).map(({ rule }) => rule)).toEqual(['held_back']);
  });

  it('does not count as a compaction what was put back', () => {
    const spans = recordSession();
    const before = digestOf(sessionOf(spans));
    const call = sessionOf(spans).cuts[0]?.call.index;
    const after = digestOf(
      sessionOf(
        changeRuns(spans, (index) => (index === call ? { 'compact.outcome': 'restored' } : undefined)),
      ),
    );
    expect([before.restorations, after.restorations]).toEqual([0, 1]);
    expect(after.compactions).toBe(before.compactions - 1);
  });
});
