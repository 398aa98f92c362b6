import type { Session } from '@clew/trace-model';
import { useState } from 'react';

/** Whether the page goes along with a session, and what it shows of it. */
export type Follow = {
  /** The session as it is shown: as it is, or as it was when it was paused. */
  readonly shown: Session;
  readonly isPaused: boolean;
  /** Calls that have come since the pause. */
  readonly newCalls: number;
  readonly toggle: () => void;
};

/** Pausing keeps a session as it is; what comes meanwhile is counted, and is there at once when it goes on. */
export function useFollow(session: Session): Follow {
  const [paused, setPaused] = useState<Session>();
  const held = paused?.id === session.id ? paused : undefined;
  return {
    shown: held ?? session,
    isPaused: held !== undefined,
    newCalls: held === undefined ? 0 : session.calls.length - held.calls.length,
    toggle: () => setPaused(held === undefined ? session : undefined),
  };
}
