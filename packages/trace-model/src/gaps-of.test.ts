import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapsOf } from './gaps-of.ts';
import { sessionOf } from './recorded-session.fixture.ts';
import { recordSession } from './testing/index.ts';

const spans = recordSession({ calls: 50, limit: 60_000, fallbackAt: 0, timeoutBefore: 0 });
const session = sessionOf(spans);

describe('gapsOf', () => {
  it('finds nothing where all was recorded', () => {
    expect(session.cuts.length).toBeGreaterThan(2);
    expect(gapsOf(session)).toEqual([]);
  });

  it('counts the calls that were lost on the way, wherever they were', () => {
    const indexes = session.calls.map((call) => call.index).slice(0, -1);
    fc.assert(
      fc.property(fc.subarray(indexes, { minLength: 1 }), (lost) => {
        const rest = spans.filter(
          (span) => !lost.some((index) => index === span.attrs['compact.call_index']),
        );
        const counted = gapsOf(sessionOf(rest)).map((gap) => (gap.kind === 'calls' ? gap.count : 0));
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(lost.length);
      }),
      { numRuns: 15 },
    );
  });

  it('names the compaction before which others are missing', () => {
    const [, second, third] = session.cuts;
    const rest = spans.filter((span) => span.attrs['compact.call_index'] !== second?.call.index);
    expect(gapsOf(sessionOf(rest))).toContainEqual({ kind: 'compactions', count: 1, runId: third?.id });
  });

  it('shows items that a compaction kept and the next one never met', () => {
    const [, second] = session.cuts;
    const [first] = session.cuts;
    const kept = new Set(first?.ledger?.flatMap((row) => (row.tokens_after === row.tokens ? [row.id] : [])));
    const lost = second?.ledger?.find((row) => kept.has(row.id));
    const changed = spans.map((span) =>
      span.name === 'compact.run' && span.attrs['compact.id'] === second?.id
        ? {
            ...span,
            attrs: {
              ...span.attrs,
              'compact.ledger': JSON.stringify(second?.ledger?.filter((row) => row !== lost)),
            },
          }
        : span,
    );
    const gaps = gapsOf(sessionOf(changed));
    expect(gaps).toMatchObject([{ kind: 'items', count: 1, runId: second?.id, rows: [{ id: lost?.id }] }]);
  });

  it('counts spans whose parents have not come', () => {
    const rest = spans.filter((span) => span.name !== 'invoke_agent');
    const orphans = rest.filter((span) => !rest.some((other) => other.id === span.parentId)).length;
    expect(gapsOf(sessionOf(rest))).toEqual([{ kind: 'parents', count: orphans }]);
  });
});
