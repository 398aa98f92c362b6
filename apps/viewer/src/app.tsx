import { ClewRoot, SessionList, SessionPage, useReveal, type Place } from '@clew/viewer';
import { useCallback, type ReactNode } from 'react';
import { AppHeader } from './app-header.tsx';
import { EmptyState } from './empty-state.tsx';
import { formatRoute } from './route.ts';
import { useHost } from './use-host.ts';
import { useRoute } from './use-route.ts';

const hrefOf = (session: string): string => formatRoute({ session, place: {} });

/** The list of sessions beside the chosen one; on a narrow screen one or the other. */
export function App({ streamUrl }: { readonly streamUrl: string }): ReactNode {
  const { model, connection } = useHost(streamUrl);
  const [route, go] = useRoute();
  const reveal = useReveal();
  const { sessions } = model;
  const chosen = route.session ?? sessions[0]?.id;
  const session = sessions.find(({ id }) => id === chosen);
  const toPlace = useCallback(
    (place: Place) => {
      if (chosen !== undefined) go({ session: chosen, place });
    },
    [chosen, go],
  );

  return (
    <ClewRoot>
      <div className="app">
        <AppHeader connection={connection} />
        {sessions.length === 0 ? (
          <main>
            <EmptyState connection={connection} />
          </main>
        ) : (
          <main className={route.session === undefined ? 'app-columns' : 'app-columns app-chosen'}>
            <div className="app-side">
              {route.session === undefined ? <h1 className="clew-visually-hidden">Sessions</h1> : null}
              <SessionList
                sessions={sessions}
                selected={chosen}
                hrefOf={hrefOf}
                onSelect={(id) => go({ session: id, place: {} })}
              />
            </div>
            <div className="app-main">
              <a className="app-back" href="#/">
                ‹ Sessions
              </a>
              {session === undefined ? (
                <UnknownSession id={chosen} />
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

function UnknownSession({ id }: { readonly id: string | undefined }): ReactNode {
  return (
    <section className="app-empty">
      <h1>This session is not here</h1>
      <p>
        The host does not know <code>{id}</code>. It may have been removed, or not been sent yet.
      </p>
    </section>
  );
}
