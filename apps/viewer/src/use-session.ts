import type { Session } from '@clew/trace-model';
import { createModelStore, useModel } from '@clew/viewer';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { HostApi } from './host-api.ts';
import { feedSession, type FeedState, type Live } from './session-feed.ts';

/** One session, folded as it comes. Of the one before nothing is kept: memory holds one session at a time. */
export function useSession(
  id: string | undefined,
  api: HostApi,
  live: Live,
): { readonly session: Session | undefined; readonly state: FeedState } {
  // oxlint-disable-next-line react/exhaustive-deps -- another session is another store
  const store = useMemo(() => createModelStore(), [id]);
  const [state, setState] = useState<FeedState>('reading');
  useEffect(() => {
    if (id === undefined) return undefined;
    return feedSession({ id, api, live, store, onState: setState });
  }, [id, api, live, store]);
  const { sessions } = useModel(store);
  const newest = sessions.find((session) => session.id === id);
  // What comes may be drawn a little later, in pieces; what a person does may not wait for it.
  const drawn = useDeferredValue(newest);
  return { session: drawn?.id === id ? drawn : newest, state };
}
