import { describe, expect, it } from 'vitest';
import { cacheOf } from './cache-of.ts';
import { sessionOf } from './recorded-session.fixture.ts';
import { recordSession } from './testing/index.ts';

describe('the cache of a session', () => {
  it('counts the calls in each state, the epochs and what was read anew', () => {
    const session = sessionOf(recordSession({ isMeasured: true }));
    const cache = cacheOf(session);
    expect(cache).toMatchObject({ unknown: 1, cold: 0, epochs: 5 });
    expect(cache.warm + cache.unknown).toBe(cache.calls.length);
    // The call whose compaction was tried in vain says nothing.
    expect(cache.unrecorded).toBe(1);
    const rewritten = session.cuts.map((cut) => cut.call.cache?.rewritten_tokens ?? 0);
    expect(cache.rewrittenTokens).toBe(rewritten.reduce((sum, tokens) => sum + tokens, 0));
    expect(cache.rewrittenTokens).toBeGreaterThan(0);
  });

  it('is the same from Ariadne data, but for the spans', () => {
    const [otel, ariadne] = (['otel', 'ariadne'] as const).map((form) =>
      cacheOf(sessionOf(recordSession({ isMeasured: true, form }))),
    );
    expect(ariadne).toEqual(otel);
  });

  it('knows nothing where nothing was recorded', () => {
    const cache = cacheOf(sessionOf(recordSession({ calls: 5 })));
    expect(cache).toMatchObject({ calls: [], epochs: 0, unrecorded: 5 });
  });
});
