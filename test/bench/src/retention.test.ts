import { describe, expect, it } from 'vitest';
import { hindsight } from './hindsight.ts';
import { forgetfulSummarizer } from './forgetful-summarizer.ts';
import { nameKinds } from './names-in.ts';
import { readHistory } from './read-history.ts';
import { hasRecordedSession, recordedSession } from './recorded-session.ts';

const cuts = [60_000, 100_000, 140_000];
/** What has to be in the result, of what the agent names later and only the compacted part held. */
const asked = { path: 0.98, url: 0.98, identifier: 0.9 };

// The recording is not part of the repository: CLEW_RECORDED_SESSION says where it is.
describe.skipIf(!hasRecordedSession)('on a recorded session', () => {
  it.each([
    ['the digest', undefined],
    ['a model that names nothing', forgetfulSummarizer],
  ])('what the agent needs later is in the result, with %s', async (_, summarizer) => {
    const history = readHistory(recordedSession);
    const neededOf = { path: 0, url: 0, identifier: 0 };
    for (const cutTokens of cuts) {
      const seen = await hindsight({ history, cutTokens, keptTokens: 20_000, summarizer });
      if (seen === undefined) throw new Error(`The session does not reach ${cutTokens} tokens.`);
      const { window, retention } = seen.result;
      expect(retention?.sheetTokens).toBeLessThanOrEqual(Math.min(4000, window.targetTokens * 0.15));
      for (const kind of nameKinds) {
        const { found, needed, missed } = seen.recall[kind];
        expect(found, `${kind} at ${cutTokens}: ${missed.join(' ')}`).toBeGreaterThanOrEqual(
          needed * asked[kind],
        );
        neededOf[kind] += needed;
      }
    }
    // Something was asked for.
    expect(neededOf.path).toBeGreaterThan(5);
    expect(neededOf.identifier).toBeGreaterThan(10);
  });
});
