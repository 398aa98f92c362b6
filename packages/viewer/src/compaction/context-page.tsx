import type { Model } from '@clew/trace-model';
import { useState, type ReactNode } from 'react';
import { moved, type Place } from '../place.ts';
import type { ViewProps } from '../plugin/trace-plugin.ts';
import { SessionList } from '../session-list.tsx';
import { SessionPage } from '../session-page.tsx';
import { currentSession } from './current-session.ts';
import { useHostReveal } from './use-host-reveal.ts';
import { useRunSelection } from './use-run-selection.ts';

/** Everything there is to see of a session's context; where there are several sessions, the list of them first. */
export function ContextPage({ model, host }: ViewProps<Model>): ReactNode {
  const reveal = useHostReveal(host);
  const [chosen, choose] = useState<string>();
  const [place, goTo] = useState<Place>({});
  const compacted = model.sessions.filter(({ runs }) => runs.length > 0);
  const remembered = compacted.find(({ id }) => id === chosen);
  const session = currentSession(model, host.selection, remembered);
  const [selected, select] = useRunSelection(model, host, session);
  if (session === undefined) return null;
  return (
    <div className={compacted.length > 1 ? 'clew-context-page clew-several' : 'clew-context-page'}>
      {compacted.length > 1 ? (
        <SessionList
          sessions={compacted}
          selected={session.id}
          onSelect={(id) => {
            choose(id);
            goTo({});
            host.select(undefined);
          }}
        />
      ) : null}
      <SessionPage
        key={session.id}
        session={session}
        place={moved(place, { run: selected })}
        onPlace={(to) => {
          choose(session.id);
          goTo(to);
          if (to.run !== selected) select(to.run);
        }}
        reveal={reveal}
      />
    </div>
  );
}
