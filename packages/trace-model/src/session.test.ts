import { describe, expect, it } from 'vitest';
import { fold } from './model.ts';
import { digestOf } from './session-digest.ts';
import type { Session } from './session.ts';
import { sentTokens } from './call.ts';
import type { Span } from './span.ts';
import { recordSession, type SessionScript } from './testing/index.ts';

function sessionOf(spans: readonly Span[]): Session {
  const [session] = fold(spans).sessions;
  if (session === undefined) throw new Error('No session was folded.');
  return session;
}
/** Everything but where it came from. */
const strip = ({ cuts, calls }: Session): unknown => [cuts.map(({ run: _run, ...cut }) => cut), calls];
const melt = (span: Span): Span =>
  span.name === 'compact.run' ? { ...span, attrs: { ...span.attrs, 'compact.outcome': 'melted' } } : span;
const record = (script: SessionScript = {}): Session => sessionOf(recordSession(script));

describe('a session', () => {
  it('has one call for each preflight, in time order', () => {
    const { calls, state, models } = record();
    expect(calls.map((call) => call.position)).toEqual(calls.map((_, index) => index + 1));
    expect(calls).toHaveLength(60);
    expect(calls.map((call) => call.index)).toEqual(calls.map((_, index) => index + 1));
    expect(state).toBe('closed');
    expect(models).toEqual(['gpt-5.2']);
  });

  it('joins each call with what the provider reported for it, and never with the summariser', () => {
    const { calls } = record();
    for (const call of calls) {
      expect(call.usage?.model).toBe('gpt-5.2');
      expect(call.usage?.inputTokens).toBe(Math.round((sentTokens(call) ?? 0) * 1.012));
    }
    expect(calls[0]?.usage?.cacheReadTokens).toBeUndefined();
    expect(calls[5]?.usage?.cacheReadTokens).toBeGreaterThan(0);
  });

  it('joins usage without links, by the next call under the same parent', () => {
    const unlinked = recordSession({ calls: 18 }).map(({ links: _links, ...span }) => span);
    expect(sessionOf(unlinked).calls.map((call) => call.usage?.spanId)).toEqual(
      record({ calls: 18 }).calls.map((call) => call.usage?.spanId),
    );
  });

  it('reads the same session from OTel attributes and from Ariadne data', () => {
    expect(strip(record({ form: 'ariadne' }))).toEqual(strip(record({ form: 'otel' })));
  });

  it('tells compactions, fallbacks and attempts in vain apart', () => {
    const { cuts } = record();
    expect(cuts.map((cut) => [cut.kind, cut.outcome, cut.number])).toEqual([
      ['changed', 'compacted', 1],
      ['failed', 'timeout', undefined],
      ['changed', 'compacted', 2],
      ['changed', 'fallback', 3],
      ['changed', 'compacted', 4],
    ]);
    expect(cuts[0]?.summary).toMatchObject({
      version: 1,
      isNew: true,
      state: 'inline',
      strategy: 'task_state',
    });
    expect(cuts[0]?.summary?.covers).toBe(cuts[0]?.run.record?.count.summarized);
    expect(cuts[1]).toMatchObject({ saved: 0, errors: [{ error_type: 'timeout' }] });
    expect(cuts[3]).toMatchObject({
      errors: [{ fallback: 'pruning-only' }],
      archivals: [{ storage_adapter: 'fs' }],
    });
    expect(cuts[3]?.summary).toBeUndefined();
    expect(cuts.filter((cut) => cut.kind === 'changed').every((cut) => (cut.saved ?? 0) > 30_000)).toBe(true);
  });

  it('shows a run under way by the steps that have arrived', () => {
    const session = record({ calls: 30, isUnfinished: true });
    const cut = session.cuts.at(-1);
    expect(session.state).toBe('open');
    expect(cut).toMatchObject({ kind: 'running', trigger: 'manual', reason: 'user asked' });
    expect(cut?.summary?.text).toContain('<COMPACT-SUMMARY');
    expect(cut?.after).toBeUndefined();
    expect(digestOf(session).running).toBe(1);
  });

  it('shows an unfinished run as interrupted once a later one has ended', () => {
    const spans = recordSession({ calls: 40 });
    const lost = spans.find(
      (span) => span.name === 'compact.run' && span.attrs['compact.outcome'] === 'compacted',
    );
    const { cuts, state } = sessionOf(spans.filter((span) => span !== lost));
    expect(cuts[0]).toMatchObject({ kind: 'interrupted' });
    expect(cuts[0]?.number).toBeUndefined();
    // Its steps still wait for their parent.
    expect(state).toBe('open');
  });

  it('counts a run once that two pipelines delivered under two span ids', () => {
    const spans = recordSession({ calls: 20 });
    const doubled = spans.flatMap((span) => [span, Object.assign({}, span, { id: `${span.id}b` })]);
    const { runs, cuts } = sessionOf(doubled);
    expect(runs).toHaveLength(20);
    expect(cuts).toHaveLength(sessionOf(spans).cuts.length);
    expect(cuts[0]?.archivals).toHaveLength(1);
  });

  it('keeps an unreadable run in sight, and says what is wrong with it', () => {
    const broken = recordSession({ calls: 3 }).map(melt);
    const { calls, runs } = sessionOf(broken);
    expect(calls.map((call) => call.state)).toEqual(['unreadable', 'unreadable', 'unreadable']);
    expect(runs[0]?.issues.join()).toContain('outcome');
    expect(calls[0]?.before?.tokens).toBeGreaterThan(0);
  });

  it('reports a step that names no run', () => {
    const span: Span = {
      traceId: 't',
      id: '1',
      name: 'compact.error',
      start: 1,
      end: 2,
      attrs: { message: 'x' },
    };
    const session = sessionOf([span]);
    expect(session.issues.length).toBeGreaterThan(0);
    expect(session.runs).toEqual([]);
  });

  it('is put in a few numbers by its digest', () => {
    const session = record();
    const digest = digestOf(session);
    expect(digest).toMatchObject({
      calls: 60,
      compactions: 4,
      fallbacks: 1,
      failures: 1,
      unbalanced: 0,
      limit: 128_000,
    });
    expect(digest.savedTokens).toBe(session.cuts.reduce((sum, cut) => sum + (cut.saved ?? 0), 0));
    expect(digest.peakRatio).toBeGreaterThan(0.85);
    expect(digestOf(session)).toBe(digest);
  });

  it('knows no size where nothing was measured', () => {
    const digest = digestOf(sessionOf([{ traceId: 't', id: '1', name: 'x', attrs: {} }]));
    expect(digest.tokens).toBeUndefined();
    expect(digest.peakRatio).toBeUndefined();
  });
});
