import { digestOf, fold } from '@clew/trace-model';
import { recordSession } from '@clew/trace-model/testing';
import { describe, expect, it } from 'vitest';
import { addContexts, contextChange, contextOf } from './context-digest.ts';

describe('the digest of a context', () => {
  it.each(['otel', 'ariadne'] as const)('says of a session what folding it would say, sent as %s', (form) => {
    const spans = recordSession({ form, calls: 80 });
    const [session] = fold(spans).sessions;
    if (session === undefined) throw new Error('The script recorded no session.');
    const folded = digestOf(session);
    expect(spans.map(contextOf).reduce(addContexts, undefined)).toMatchObject({
      calls: folded.calls,
      fallbacks: folded.fallbacks,
      failures: folded.failures,
      savedTokens: folded.savedTokens,
      peakTokens: folded.peakTokens,
      peakRatio: folded.peakRatio,
      latest: { tokens: folded.tokens, limit: folded.limit, basis: folded.basis },
    });
  });

  it('counts a run that comes again once, as it came last', () => {
    const run = recordSession({ calls: 40 }).find(({ attrs }) => attrs['compact.outcome'] === 'compacted');
    const now = run && contextOf(run);
    if (now === undefined) throw new Error('The script recorded no compaction.');
    expect(addContexts(now, contextChange(now, now))).toEqual(now);
    const failed = { ...now, failures: 1, savedTokens: 0 };
    expect(addContexts(failed, contextChange(now, failed))).toEqual(now);
  });

  it('is not there for what is no run, nor for a run that says nothing of its sizes', () => {
    const attrs = {
      'compact.outcome': 'compacted',
      'compact.tokens.before': -1,
      'compact.tokens.after': 'x',
    };
    expect(contextOf({ name: 'chat', attrs })).toBeUndefined();
    expect(contextOf({ name: 'compact.run', attrs })).toBeUndefined();
    expect(contextOf({ name: 'compact.run', attrs: {} })).toBeUndefined();
  });
});
