import { ClewRoot, SessionEntries, SessionPage, useReveal, type Place } from '@clew/viewer';
import type { ConnectionState } from '@clew/viewer/hosts';
import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { AppHeader } from './app-header.tsx';
import { EmptyState } from './empty-state.tsx';
import { FleetScreen } from './fleet-screen.tsx';
import { createHostApi } from './host-api.ts';
import { createLiveHost } from './live-host.ts';
import { formatRoute } from './route.ts';
import { SessionNotice } from './session-notice.tsx';
import { useRoute } from './use-route.ts';
import { useSession } from './use-session.ts';
import { useSessions } from './use-sessions.ts';

const hrefOf = (session: string): string => formatRoute({ session, place: {} });

/** The list of sessions beside the chosen one; on a narrow screen one or the other. */
export function App({ base }: { readonly base: string }): ReactNode {
  const { api, host } = useMemo(() => {
    const asked = createHostApi(base);
    return { api: asked, host: createLiveHost(asked, `${base}api/stream`) };
  }, [base]);
  const [connection, setConnection] = useState<ConnectionState>({ state: 'connecting' });
  useEffect(() => host.start(setConnection), [host]);

  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const [route, go] = useRoute();
  const isFleet = route.isFleet === true;
  const sessions = useSessions(api, host.live, isFleet ? '' : wanted);
  const chosen = useChosen(route.session, sessions.entries[0]?.id);
  const { session, state } = useSession(isFleet ? undefined : chosen, api, host.live);
  const reveal = useReveal();
  const toPlace = useCallback(
    (place: Place) => {
      if (chosen !== undefined) go({ session: chosen, place });
    },
    [chosen, go],
  );
  const isEmpty = sessions.entries.length === 0 && text === '' && route.session === undefined;

  return (
    <ClewRoot>
      <div
        className="app"
        onKeyDown={(event) => {
          if (event.key !== 'a' || event.defaultPrevented || hasModifier(event) || isTyping(event.target))
            return;
          go({ isFleet: true, place: {} });
        }}
      >
        <AppHeader connection={connection} isFleet={isFleet} />
        {isEmpty ? (
          <main>
            <EmptyState connection={connectionOf(connection, sessions.isComplete, sessions.hasFailed)} />
          </main>
        ) : isFleet ? (
          <FleetScreen sessions={sessions} />
        ) : (
          <main className={route.session === undefined ? 'app-columns' : 'app-columns app-chosen'}>
            <div className="app-side">
              {route.session === undefined ? <h1 className="clew-visually-hidden">Sessions</h1> : null}
              <input
                className="clew-query"
                type="search"
                placeholder="Find a session"
                aria-label="Find a session by id, name, agent, model or service"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
              <SessionEntries
                entries={sessions.entries}
                selected={chosen}
                hrefOf={hrefOf}
                onEnd={sessions.loadMore}
              />
              {sessions.entries.length === 0 && sessions.isComplete === true ? (
                <p className="clew-muted">No session has “{text}” in a name.</p>
              ) : null}
            </div>
            <div className="app-main">
              <a className="app-back" href="#/">
                ‹ Sessions
              </a>
              {session !== undefined && state === 'reading' ? (
                <p className="clew-muted" role="status">
                  Reading the session… {session.calls.length} calls so far
                </p>
              ) : null}
              {session === undefined ? (
                <SessionNotice id={chosen} state={state} />
              ) : (
                <SessionPage
                  key={session.id}
                  session={session}
                  place={route.place}
                  onPlace={toPlace}
                  reveal={reveal}
                />
              )}
            </div>
          </main>
        )}
      </div>
    </ClewRoot>
  );
}

/** The session in the address; without one the newest of when the page was opened, which stays while others come. */
function useChosen(inAddress: string | undefined, newest: string | undefined): string | undefined {
  const [first, setFirst] = useState<string>();
  if (first === undefined && newest !== undefined) setFirst(newest);
  return inAddress ?? first ?? newest;
}

/** Until the first page has come there is nothing to say but that it is on its way, or that it does not come. */
function connectionOf(
  connection: ConnectionState,
  isComplete: boolean | undefined,
  hasFailed: boolean,
): ConnectionState {
  if (connection.state !== 'live' || isComplete !== undefined) return connection;
  return hasFailed ? { state: 'reconnecting', attempt: 1 } : { state: 'connecting' };
}

function hasModifier({ altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey;
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}
