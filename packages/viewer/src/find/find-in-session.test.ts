import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { findInSession } from './find-in-session.ts';

const session = recordedSession();
const hidden = (): boolean => false;

describe('finding in a session', () => {
  it('finds calls, compactions and items by the words of their names, whatever their case', () => {
    expect(findInSession(session, 'call 17', hidden)[0]).toMatchObject({ view: 'cut' });
    expect(findInSession(session, 'FALLBACK', hidden).map(({ runId }) => runId)).toContain(
      session.cuts.find(({ outcome }) => outcome === 'fallback')?.id,
    );
    const [item] = findInSession(session, 'read_file dropped', hidden);
    if (item !== undefined) expect(item.text).toMatch(/^read_file · /);
    expect(findInSession(session, 'read_file', hidden).length).toBeGreaterThan(0);
  });

  it('finds hidden content only once it is revealed', () => {
    const row = session.cuts
      .flatMap(({ ledger }) => ledger ?? [])
      .find(({ preview }) => preview !== undefined);
    const words = row?.preview ?? '';
    expect(words.length).toBeGreaterThan(3);
    expect(findInSession(session, words, hidden)).toEqual([]);
    expect(findInSession(session, words, () => true).length).toBeGreaterThan(0);
  });

  it('finds nothing for nothing, and never more than can be looked at', () => {
    expect(findInSession(session, '   ', hidden)).toEqual([]);
    expect(findInSession(session, 'a', hidden).length).toBeLessThanOrEqual(60);
  });
});
