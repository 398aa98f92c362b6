import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createModel, fold, type Model } from './model.ts';
import type { Span, TraceInfo } from './span.ts';
import { recordSession } from './testing/index.ts';

const counter = { reads: 0 };

/** The spans, each counting how often the place of its parent is read: whoever places a span reads it. */
function counted(spans: readonly Span[]): readonly Span[] {
  return spans.map(({ parentId, ...span }) =>
    Object.defineProperty({ ...span, attrs: span.attrs }, 'parentId', {
      enumerable: true,
      get: () => {
        counter.reads += 1;
        return parentId;
      },
    }),
  );
}

function sessions(count: number): readonly (readonly Span[])[] {
  return Array.from({ length: count }, (_, index) =>
    counted(recordSession({ sessionId: `s${index}`, seed: index + 1, calls: 6 })),
  );
}

/** What one more span of the first session costs beside so many others. */
function costOfOneMore(others: number): number {
  const [first = [], ...rest] = sessions(others + 1);
  const model = fold([...rest.flat(), ...first.slice(0, -1)]);
  counter.reads = 0;
  const after = fold(first.slice(-1), model);
  expect(after.sessions).toHaveLength(others + 1);
  return counter.reads;
}

describe('one more span', () => {
  it('costs the same however many other sessions there are', () => {
    const alone = costOfOneMore(0);
    expect(alone).toBeGreaterThan(0);
    expect(costOfOneMore(10)).toBe(alone);
    expect(costOfOneMore(80)).toBe(alone);
  });

  it('costs nothing where it was known', () => {
    const all = sessions(5).flat();
    const model = fold(all);
    counter.reads = 0;
    expect(fold(all.slice(-3), model)).toBe(model);
    expect(counter.reads).toBe(0);
  });
});

const spans: readonly Span[] = [
  ...recordSession({ sessionId: 'a', calls: 8, limit: 40_000 }),
  ...recordSession({ sessionId: 'b', calls: 4, seed: 3, form: 'ariadne', isUnfinished: true }),
].map((span, index) =>
  index % 3 === 0 ? { ...span, attrs: { ...span.attrs, 'gen_ai.conversation.id': 'talk' } } : span,
);
const loose: readonly Span[] = ['p', 'q'].map((traceId) => ({
  traceId,
  id: '1',
  name: 'chat x',
  start: 1,
  end: 2,
  attrs: { 'gen_ai.conversation.id': 'talk' },
}));
const infos: readonly TraceInfo[] = [
  { traceId: 'r', groupId: 'talk', name: 'Grouped', start: 1 },
  { traceId: 'p', end: 7 },
];

type Step = { readonly spans: readonly Span[]; readonly traces: readonly TraceInfo[] };

describe('a model that goes on', () => {
  const steps = fc.array(
    fc.record({
      spans: fc.shuffledSubarray([...spans, ...loose], { maxLength: 30 }),
      traces: fc.shuffledSubarray([...infos]),
    }),
    { maxLength: 8 },
  );
  const folded = (model: Model, step: Step): Model => fold(step.spans, model, step.traces);

  it('is what it would be if all had come at once', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const atOnce = fold(
          list.flatMap((step) => step.spans),
          createModel(),
          list.flatMap((step) => step.traces),
        );
        expect(list.reduce(folded, createModel()).sessions).toEqual(atOnce.sessions);
      }),
      { numRuns: 40 },
    );
  });

  it('is not changed by what is added to an older one, nor the older one by it', () => {
    fc.assert(
      fc.property(steps, steps, steps, (first, one, other) => {
        const base = first.reduce(folded, createModel());
        const before = [...base.sessions];
        const oneWay = one.reduce(folded, base);
        const kept = [...oneWay.sessions];
        const otherWay = other.reduce(folded, base);
        expect(base.sessions).toEqual(before);
        expect(oneWay.sessions).toEqual(kept);
        expect(otherWay.sessions).toEqual([...first, ...other].reduce(folded, createModel()).sessions);
      }),
      { numRuns: 20 },
    );
  });

  it('has every span in one session, whatever has come so far', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const model = list.reduce(folded, createModel());
        const placed = model.sessions.flatMap((session) =>
          session.spans.map((span) => `${span.traceId}/${span.id}`),
        );
        const sent = new Set(list.flatMap((step) => step.spans.map((span) => `${span.traceId}/${span.id}`)));
        expect(placed.toSorted()).toEqual([...sent].toSorted());
      }),
      { numRuns: 40 },
    );
  });

  it('shows as open what is known to have begun and not known to have ended', () => {
    fc.assert(
      fc.property(fc.subarray([...spans]), (some) => {
        const { sessions: shown } = fold(some);
        for (const session of shown) {
          const ids = new Set(session.spans.map((span) => `${span.traceId}/${span.id}`));
          const isMissing = session.spans.some(
            (span) =>
              span.end === undefined ||
              (span.parentId !== undefined &&
                !some.some((other) => other.traceId === span.traceId && other.id === span.parentId)),
          );
          expect(ids.size).toBe(session.spans.length);
          if (isMissing) expect(session.state).toBe('open');
        }
      }),
      { numRuns: 40 },
    );
  });
});
