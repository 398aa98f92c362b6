import type { Cut } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { countByCategory, summaryOrigin } from './summary-origin.ts';

const session = recordedSession({ calls: 90, fallbackAt: 0 });
const made = session.cuts.filter((cut) => cut.summary?.isNew === true);
const [first, second, third] = made;

describe('where a summary comes from', () => {
  it('is told back to the first, each with the cut that made it', () => {
    const origin = third && summaryOrigin(third, session);
    expect(origin?.ancestors.map(({ cut }) => cut.id)).toEqual([second?.id, first?.id]);
    expect(origin?.isWhole).toBe(true);
    expect(origin?.covered).toHaveLength(third?.summary?.covers ?? NaN);
  });

  it('is the cut that made it where a later one left it standing', () => {
    if (first?.summary === undefined) throw new Error('The session has no summary.');
    const later: Cut = { ...first, id: 'later', summary: { ...first.summary, isNew: false } };
    const { ledger: _ledger, ...bare } = later;
    const origin = summaryOrigin(bare, session);
    expect(origin?.madeBy?.id).toBe(first.id);
    expect(origin?.covered).toEqual(first.ledger?.filter(({ fate }) => fate === 'summarized'));
  });

  it('goes on from the summary before while its own compaction is under way', () => {
    const unfinished = recordedSession({ calls: 20, isUnfinished: true });
    const [done, running] = unfinished.cuts;
    const origin = running && summaryOrigin(running, unfinished);
    expect(running?.kind).toBe('running');
    expect(origin?.ancestors.map(({ cut }) => cut.id)).toEqual([done?.id]);
    expect(origin?.isWhole).toBe(true);
  });

  it('ends where nothing more was recorded', () => {
    const origin = second && summaryOrigin(second, undefined);
    expect(origin).toMatchObject({ ancestors: [], isWhole: false, madeBy: second });
  });
});

describe('what a summary covers', () => {
  it('is counted by part of the prompt, most first', () => {
    const rows = first?.ledger ?? [];
    const counts = countByCategory(rows);
    expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(rows.length);
    expect(counts.map(([, count]) => count)).toEqual(
      counts.map(([, count]) => count).toSorted((a, b) => b - a),
    );
  });
});
