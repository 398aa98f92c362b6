import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createModel, fold, type Model } from './model.ts';
import type { Span, TraceInfo } from './span.ts';
import { recordSession } from './testing/index.ts';

const recorded = [
  ...recordSession({ sessionId: 'a', calls: 24, limit: 60_000 }),
  ...recordSession({
    sessionId: 'b',
    calls: 12,
    limit: 40_000,
    seed: 3,
    form: 'ariadne',
    isUnfinished: true,
  }),
];
const plain: readonly Span[] = [
  {
    traceId: 'p',
    id: '1',
    name: 'invoke_agent',
    start: 1,
    end: 9,
    attrs: { 'gen_ai.agent.name': 'planner' },
  },
  { traceId: 'p', id: '2', parentId: '1', name: 'chat x', start: 2, end: 3, attrs: {} },
  { traceId: 'q', id: '1', name: 'chat x', start: 2, end: 3, attrs: { 'gen_ai.conversation.id': 'talk' } },
];
const traces: readonly TraceInfo[] = [
  { traceId: 'p', name: 'Planning', start: 1 },
  { traceId: 'p', end: 9 },
];
const all = [...recorded, ...plain];
const reference = fold(all, createModel(), traces).sessions;

describe('fold', () => {
  it('gives the same sessions whatever the order of arrival', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), (shuffled) => {
        expect(fold(shuffled, createModel(), traces).sessions).toEqual(reference);
      }),
      { numRuns: 15 },
    );
  });

  it('gives the same sessions however often and in whatever portions spans arrive', () => {
    const portions = fc.array(fc.shuffledSubarray([...all], { maxLength: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(portions, (batches) => {
        const repeated = batches.reduce<Model>((model, batch) => fold(batch, model), createModel());
        expect(fold(all, repeated, [...traces].toReversed()).sessions).toEqual(reference);
      }),
      { numRuns: 15 },
    );
  });

  it('loses no span, and places each in one session', () => {
    fc.assert(
      fc.property(fc.subarray([...all]), (some) => {
        const { sessions } = fold(some);
        const placed = sessions.flatMap((session) => session.spans);
        expect(placed).toHaveLength(some.length);
        expect(new Set(placed)).toEqual(new Set(some));
      }),
    );
  });

  it('returns the very same model where nothing is new', () => {
    const model = fold(all, createModel(), traces);
    expect(fold(all, model, traces)).toBe(model);
  });

  it('keeps the objects of sessions that did not change', () => {
    const before = fold(all);
    const after = fold([{ traceId: 'new', id: '1', name: 'x', start: 5, end: 6, attrs: {} }], before);
    for (const session of before.sessions) expect(after.sessions).toContain(session);
    expect(after.sessions).toHaveLength(before.sessions.length + 1);
  });

  it('takes the end of a span over its start, in either order', () => {
    const open: Span = { traceId: 't', id: '1', name: 'invoke_agent', start: 1, attrs: {} };
    const ended: Span = {
      ...open,
      start: 2,
      end: 8,
      status: 'error',
      attrs: { 'gen_ai.agent.name': 'coder' },
    };
    const oneWay = fold([ended], fold([open])).sessions;
    expect(oneWay).toEqual(fold([open], fold([ended])).sessions);
    expect(oneWay[0]).toMatchObject({ state: 'closed', start: 1, end: 8, agents: ['coder'] });
    expect(oneWay[0]?.spans[0]).toMatchObject({ status: 'error', start: 1 });
  });

  it('holds to the newest revision of a span, in whatever order they come', () => {
    const versions = fc.shuffledSubarray([1, 2, 9, 10, 60], { minLength: 1 });
    fc.assert(
      fc.property(versions, (revisions) => {
        const spans = revisions.map((revision): Span => ({
          traceId: 't',
          id: '1',
          name: 'x',
          attrs: { revision },
          revision,
        }));
        const model = spans.reduce((folded, span) => fold([span], folded), createModel());
        expect(model.sessions[0]?.spans.map((span) => span.attrs.revision)).toEqual([Math.max(...revisions)]);
      }),
    );
  });

  it('keeps spans of two traces apart that share an id', () => {
    const span: Span = { traceId: 't', id: '1', name: 'x', attrs: {} };
    expect(
      fold([span, { ...span, traceId: 'u' }])
        .sessions.map((session) => session.id)
        .toSorted(),
    ).toEqual(['t', 'u']);
  });

  it('lists the newest activity first', () => {
    const ends = fold(all).sessions.map((session) => session.end ?? 0);
    expect(ends).toEqual(ends.toSorted((a, b) => b - a));
  });
});
