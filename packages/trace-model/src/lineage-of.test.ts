import { describe, expect, it } from 'vitest';
import { lineageOf } from './lineage-of.ts';
import { sessionOf } from './recorded-session.fixture.ts';
import { recordSession } from './testing/index.ts';

const spans = recordSession({ calls: 80, limit: 60_000, fallbackAt: 0, timeoutBefore: 0 });
const lineage = lineageOf(sessionOf(spans));

describe('lineageOf', () => {
  it('gives every summary once, each with the one before it as its nearest ancestor', () => {
    expect(lineage.length).toBeGreaterThan(2);
    expect(lineage.every((entry) => entry.isMakerKnown && entry.isWhole)).toBe(true);
    for (const [index, { ancestors }] of lineage.entries())
      expect(ancestors).toEqual(
        lineage
          .slice(0, index)
          .map(({ summary }) => summary.id)
          .toReversed(),
      );
  });

  it('lets one summary stand at a time, the last of them still', () => {
    for (const [index, { endedBy }] of lineage.entries()) expect(endedBy).toBe(lineage[index + 1]?.cut);
  });

  it('covers what left in the compaction that made it', () => {
    for (const { covered, cut } of lineage)
      expect(covered).toHaveLength(cut.run.record?.count.summarized ?? -1);
  });

  it('says where a line goes back before what was recorded', () => {
    const [first, ...later] = lineage;
    const start = first?.cut.end ?? 0;
    const rest = lineageOf(sessionOf(spans.filter((span) => (span.start ?? 0) > start)));
    expect(rest.map(({ summary }) => summary.id)).toEqual(later.map(({ summary }) => summary.id));
    expect(rest.every((entry) => !entry.isWhole && entry.ancestors.at(-1) === first?.summary.id)).toBe(true);
  });

  it('ends a line that goes round in a circle', () => {
    const round = spans.map((span) => ({
      ...span,
      attrs: {
        ...span.attrs,
        ...('compact.summary.id' in span.attrs && {
          'compact.summary.parent_id': lineage.at(-1)?.summary.id,
        }),
      },
    }));
    expect(lineageOf(sessionOf(round)).some((entry) => entry.isWhole)).toBe(false);
  });
});
