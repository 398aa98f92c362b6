import { fold, type Session } from '@clew/trace-model';
import { recordSession, type SessionScript } from '@clew/trace-model/testing';

/** For tests: a recorded session, folded. */
export function recordedSession(script: SessionScript = {}): Session {
  const [session] = fold(recordSession(script)).sessions;
  if (session === undefined) throw new Error('The script recorded no session.');
  return session;
}
