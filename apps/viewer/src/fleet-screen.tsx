import { FleetPage } from '@clew/viewer';
import { useEffect, useMemo, type ReactNode } from 'react';
import { fleetRows } from './fleet-rows.ts';
import { formatRoute } from './route.ts';
import type { Sessions } from './use-sessions.ts';

/** So many sessions are asked for at once, page by page: what needs attention may stand on any page. */
const eager = 1_000;

const hrefOf = (session: string): string => formatRoute({ session, place: {} });

/** Every session that the host has, in one table. */
export function FleetScreen({ sessions }: { readonly sessions: Sessions }): ReactNode {
  const { entries, isComplete, loadMore } = sessions;
  const rows = useMemo(() => fleetRows(entries), [entries]);
  const isLoading = isComplete === undefined || (!isComplete && entries.length < eager);
  useEffect(() => {
    if (isLoading) loadMore();
  }, [isLoading, loadMore]);
  return (
    <main className="app-fleet">
      <FleetPage
        rows={rows}
        more={isComplete === true ? undefined : { isLoading, load: loadMore }}
        onSelect={(id) => {
          location.hash = hrefOf(id);
        }}
        hrefOf={hrefOf}
      />
    </main>
  );
}
