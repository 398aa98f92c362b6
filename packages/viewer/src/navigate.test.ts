import { describe, expect, it } from 'vitest';
import { navigate } from './navigate.ts';
import { recordedSession } from './recorded-session.fixture.ts';

const session = recordedSession();
const { calls, cuts } = session;
const to = (key: string, from?: string): string | undefined => navigate(key, session, from)?.to;

describe('navigate', () => {
  it('enters from the side that the key points away from', () => {
    expect(to('ArrowRight')).toBe(calls[0]?.id);
    expect(to('ArrowLeft')).toBe(calls.at(-1)?.id);
    expect(to(']')).toBe(cuts[0]?.id);
    expect(to('[')).toBe(cuts.at(-1)?.id);
  });

  it('visits every call and every cut once, and stops at the ends', () => {
    const walk = (key: string): (string | undefined)[] => {
      const seen: (string | undefined)[] = [];
      for (let at = to(key); at !== undefined; at = to(key, at)) seen.push(at);
      return seen;
    };
    expect(walk('ArrowRight')).toEqual(calls.map(({ id }) => id));
    expect(walk('ArrowLeft')).toEqual(calls.map(({ id }) => id).toReversed());
    expect(walk(']')).toEqual(cuts.map(({ id }) => id));
    expect(walk('[')).toEqual(cuts.map(({ id }) => id).toReversed());
  });

  it('knows no other keys, and no way back from nowhere', () => {
    expect(navigate('q', session, calls[3]?.id)).toBeUndefined();
    expect(navigate('Escape', session, undefined)).toBeUndefined();
    expect(navigate('Escape', session, calls[3]?.id)).toEqual({ to: undefined });
  });
});
