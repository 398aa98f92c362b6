import { describe, expect, it } from 'vitest';
import { costOf } from './cost-of.ts';
import { changeRuns, sessionOf } from './recorded-session.fixture.ts';
import { recordSession } from './testing/index.ts';

const spans = recordSession({ isMeasured: true });

describe('the cost of a session', () => {
  it('says of each compaction what it has brought so far', () => {
    const { cuts, isPriced } = costOf(sessionOf(spans));
    expect(isPriced).toBe(true);
    expect(cuts).toHaveLength(4);
    for (const { net, before, after, summary, savedPerCall, callsSince } of cuts) {
      expect(net).toBeCloseTo(
        (before ?? 0) - (after ?? 0) - (summary ?? 0) + (savedPerCall ?? 0) * callsSince,
        12,
      );
    }
  });

  it('is paid back just where it is not below nothing', () => {
    for (const script of [{}, { calls: 20 }, { calls: 31, seed: 3 }, { calls: 45, seed: 11 }]) {
      const { cuts } = costOf(sessionOf(recordSession({ ...script, isMeasured: true })));
      expect(cuts.length).toBeGreaterThan(0);
      for (const { isPaidBack, net } of cuts) expect(isPaidBack).toBe((net ?? 0) >= 0);
    }
  });

  it('counts the calls from one compaction to the next, and at last to the end', () => {
    const session = sessionOf(spans);
    const positions = session.cuts.filter((cut) => cut.kind === 'changed').map((cut) => cut.call.position);
    const ends = [...positions.slice(1), session.calls.length + 1];
    expect(costOf(session).cuts.map((cut) => cut.callsSince)).toEqual(
      positions.map((position, index) => (ends[index] ?? 0) - position - 1),
    );
  });

  it('never takes a summary whose cost is unknown for free', () => {
    const [first] = sessionOf(spans).cuts;
    const unpriced = spans.map((span) => {
      if (span.name !== 'compact.run') return span;
      const { 'compact.cost.summary': _gone, ...attrs } = span.attrs;
      return { ...span, attrs };
    });
    const [cut] = costOf(sessionOf(unpriced)).cuts;
    expect(cut?.cut.id).toBe(first?.id);
    expect(cut?.savedPerCall).toBeGreaterThan(0);
    expect(cut?.net).toBeUndefined();
  });

  it('leaves out what was put back: that is no compaction', () => {
    const call = sessionOf(spans).cuts[0]?.call.index;
    const restored = changeRuns(spans, (index) =>
      index === call ? { 'compact.outcome': 'restored', 'compact.phase': 'undo' } : undefined,
    );
    expect(costOf(sessionOf(restored)).cuts).toHaveLength(3);
  });

  it('knows tokens only where there are no prices', () => {
    const { cuts, isPriced } = costOf(sessionOf(recordSession()));
    expect(isPriced).toBe(false);
    expect(cuts.every(({ net, isPaidBack }) => net === undefined && isPaidBack === undefined)).toBe(true);
  });
});
