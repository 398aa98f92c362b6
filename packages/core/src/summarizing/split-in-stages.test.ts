import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../entry.ts';
import { groupEntries } from '../group.ts';
import type { ItemView } from '../item-view.ts';
import { renderTranscript } from '../transcript.ts';
import { singleStage, splitInStages } from './split-in-stages.ts';

const tokensOf = ({ tokens }: Entry<unknown>) => tokens;

function entryOf(view: Partial<ItemView>, tokens: number, ordinal: number): Entry<string> {
  return {
    item: `${ordinal}`,
    view: {
      kind: 'message',
      role: 'user',
      calls: [],
      answers: [],
      text: 'x'.repeat(tokens * 4),
      mediaCount: 0,
      ...view,
    },
    id: `${ordinal}`,
    tokens,
    category: 'user',
    isProtected: false,
    isSummary: false,
    ordinal,
  };
}

/** Messages, and calls whose results come later, with other things between. */
const history = fc
  .array(fc.record({ tokens: fc.integer({ min: 1, max: 900 }), isCall: fc.boolean(), gap: fc.nat(3) }), {
    maxLength: 60,
  })
  .map((plans) => {
    const views: { readonly at: number; readonly view: Partial<ItemView>; readonly tokens: number }[] = [];
    for (const [index, { tokens, isCall, gap }] of plans.entries()) {
      const id = `call-${index}`;
      if (!isCall) views.push({ at: index, view: {}, tokens });
      else {
        views.push({ at: index, view: { kind: 'call', role: 'assistant', calls: [id] }, tokens: 5 });
        views.push({ at: index + gap + 0.5, view: { kind: 'result', role: 'tool', answers: [id] }, tokens });
      }
    }
    return views
      .toSorted((left, right) => left.at - right.at)
      .map(({ view, tokens }, index) => entryOf(view, tokens, index));
  });

describe('stages', () => {
  it('hold every item once, every group whole, in the order of time, within the capacity', () => {
    fc.assert(
      fc.property(
        history,
        fc.integer({ min: 300, max: 4000 }),
        fc.integer({ min: 2, max: 12 }),
        (entries, capacityTokens, maxStages) => {
          const stages = splitInStages({ entries, capacityTokens, maxStages, tokensOf });
          const all = stages.flatMap((stage) => stage.entries);
          expect(all.map(({ id }) => Number(id)).toSorted((a, b) => a - b)).toEqual(
            entries.map((_, index) => index),
          );
          for (const stage of stages) {
            const ids = stage.entries.map(({ id }) => Number(id));
            expect(ids).toEqual(ids.toSorted((a, b) => a - b));
          }
          const stageOf = new Map(
            stages.flatMap((stage, index) => stage.entries.map(({ id }) => [id, index] as const)),
          );
          for (const { members } of groupEntries(entries).groups) {
            expect(new Set(members.map((index) => stageOf.get(`${index}`))).size).toBe(1);
          }
          const floor = entries.length * 28;
          if (floor < capacityTokens) {
            expect(stages.length).toBeLessThanOrEqual(maxStages);
            for (const stage of stages) {
              const { shownTokens } = renderTranscript(stage.entries, tokensOf, stage.limitTokens);
              expect(shownTokens).toBeLessThanOrEqual(capacityTokens);
            }
          }
        },
      ),
    );
  });

  it('are one where all fits, and then nothing is shortened', () => {
    const entries = [entryOf({}, 100, 0), entryOf({}, 100, 1)];
    const stages = splitInStages({ entries, capacityTokens: 1000, maxStages: 8, tokensOf });
    expect(stages).toEqual([{ entries, limitTokens: Number.POSITIVE_INFINITY }]);
    expect(singleStage({ entries, capacityTokens: 1000, tokensOf })).toEqual(stages[0]);
  });

  it('are of about the same size', () => {
    const entries = Array.from({ length: 40 }, (_, index) => entryOf({}, 96, index));
    const sizes = splitInStages({ entries, capacityTokens: 3000, maxStages: 8, tokensOf }).map(
      (stage) => stage.entries.length,
    );
    expect(sizes).toEqual([20, 20]);
  });
});
