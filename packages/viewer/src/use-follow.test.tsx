// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { recordedSession } from './recorded-session.fixture.ts';
import { useFollow } from './use-follow.ts';

const early = recordedSession({ calls: 10 });
const late = recordedSession({ calls: 14 });

describe('following', () => {
  it('goes along, holds still while it is paused and counts what came, and goes on with all of it', () => {
    const { result, rerender } = renderHook(({ session }) => useFollow(session), {
      initialProps: { session: early },
    });
    act(() => result.current.toggle());
    rerender({ session: late });
    expect(result.current).toMatchObject({ shown: early, isPaused: true, newCalls: 4 });
    act(() => result.current.toggle());
    expect(result.current).toMatchObject({ shown: late, isPaused: false, newCalls: 0 });
  });

  it('holds no session still in the place of another', () => {
    const { result, rerender } = renderHook(({ session }) => useFollow(session), {
      initialProps: { session: early },
    });
    act(() => result.current.toggle());
    const other = recordedSession({ sessionId: 'other', calls: 3 });
    rerender({ session: other });
    expect(result.current).toMatchObject({ shown: other, isPaused: false });
  });
});
