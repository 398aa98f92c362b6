import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextAt, type ContextAt } from './context-at.ts';
import { sentTokens } from './call.ts';
import type { Session } from './session.ts';
import { changeRuns, sessionOf } from './recorded-session.fixture.ts';
import { recordSession } from './testing/index.ts';

const spans = recordSession({ calls: 48, limit: 60_000 });
const session = sessionOf(spans);

function all(of: Session): readonly ContextAt[] {
  return of.calls.flatMap((call) => contextAt(of, call.position) ?? []);
}

describe('contextAt', () => {
  it('explains every token that was sent, of any call before the last compaction', () => {
    fc.assert(
      fc.property(
        fc.record({
          calls: fc.integer({ min: 8, max: 60 }),
          seed: fc.nat({ max: 50 }),
          limit: fc.constant(50_000),
        }),
        (script) => {
          const recorded = sessionOf(recordSession(script));
          const last = recorded.cuts.findLast((cut) => cut.ledger !== undefined)?.call.position ?? 0;
          for (const context of all(recorded)) {
            const { items, fixed = 0, unlisted = 0, call } = context;
            const sum = items.reduce((tokens, item) => tokens + item.tokens, fixed + unlisted);
            expect(sum).toBe(sentTokens(call));
            if (call.position <= last)
              expect({ at: call.position, unlisted }).toEqual({ at: call.position, unlisted: 0 });
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('never holds an item twice, nor one that has left', () => {
    for (const { items, gone } of all(session)) {
      const ids = items.map((item) => item.row.id);
      expect(new Set(ids).size).toBe(ids.length);
      const left = new Set(gone.map(({ row }) => row.id));
      expect(ids.filter((id) => left.has(id))).toEqual([]);
    }
  });

  it('lists what a compaction left at its own call, with its summary where the first of what left had been', () => {
    const cut = session.cuts.find((one) => one.summary?.isNew === true);
    if (cut === undefined) throw new Error('the recording has a summary');
    const context = contextAt(session, cut.call.position);
    expect(context?.cut).toBe(cut);
    expect(context?.items.every((item) => item.basis === 'listed')).toBe(true);
    const at = context?.items.findIndex((item) => item.isInserted) ?? -1;
    const firstGone = cut.ledger?.findIndex((row) => row.fate === 'summarized') ?? -1;
    expect(at).toBe(cut.ledger?.slice(0, firstGone).filter((row) => row.tokens_after > 0).length);
    expect(context?.items[at]?.row.id).toBe(cut.summary?.id);
  });

  it('says of calls after the last compaction how much nobody lists', () => {
    const last = session.calls.at(-1);
    const lastCut = session.cuts.at(-1);
    if (last === undefined || lastCut === undefined) throw new Error('the recording has both');
    expect(last.position).toBeGreaterThan(lastCut.call.position);
    const context = contextAt(session, last.position);
    expect(context?.unlisted).toBeGreaterThan(0);
    expect(context?.items.every((item) => item.basis === 'carried')).toBe(true);
  });

  it('does with sizes alone where no ledger came', () => {
    const bare = sessionOf(changeRuns(spans, () => ({ 'compact.ledger': undefined })));
    for (const { items, unlisted, fixed, call } of all(bare)) {
      expect(items).toEqual([]);
      expect(unlisted).toBe((sentTokens(call) ?? 0) - (fixed ?? 0));
    }
  });

  it('knows no call that was not made', () => {
    expect(contextAt(session, 0)).toBeUndefined();
    expect(contextAt(session, session.calls.length + 1)).toBeUndefined();
  });
});
