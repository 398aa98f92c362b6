import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { formatCount, formatTokens } from '../format/tokens.ts';
import { plural } from '../words.ts';
import { FleetFilters } from './fleet-filters.tsx';
import { FleetGrid } from './fleet-grid.tsx';
import { firstQuery, fleetLines, totalsOf } from './fleet-query.ts';
import type { FleetRow } from './fleet-row.ts';

/** Sessions beyond those that are here, and how to ask for them. */
export type MoreSessions = {
  /** How many there are in all, where the host tells. */
  readonly total?: number;
  readonly isLoading: boolean;
  readonly load: () => void;
};

/** All sessions in one table: what needs attention first, sorted, filtered and grouped as asked. */
export function FleetPage({
  rows,
  more,
  onSelect,
  hrefOf,
}: {
  readonly rows: readonly FleetRow[];
  /** Absent where these are all. */
  readonly more?: MoreSessions | undefined;
  readonly onSelect: (id: string) => void;
  /** Where a session's own page is, for hosts that have addresses. */
  readonly hrefOf?: ((id: string) => string) | undefined;
}): ReactNode {
  const [query, ask] = useState(firstQuery);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const wanted = useDeferredValue(query);
  const lines = useMemo(() => fleetLines(rows, wanted, closed), [rows, wanted, closed]);
  const totals = useMemo(() => totalsOf(rows), [rows]);
  const toggle = (name: string): void =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <section className="clew-panel clew-fleet-page" aria-label="All sessions">
      <header className="clew-panel-head">
        <h1>All sessions</h1>
      </header>
      {rows.length === 0 ? (
        <p className="clew-hidden">
          {more?.isLoading === true ? 'Loading…' : 'No session has been sent to this viewer yet.'}
        </p>
      ) : (
        <>
          <p className="clew-muted clew-line-of-facts">
            <span>
              {plural(rows.length, 'session')}
              {more === undefined ? '' : ' here'}
            </span>
            <span>{plural(totals.compactions, 'compaction')}</span>
            <span>{formatTokens(totals.savedTokens)} tokens reclaimed</span>
            <span>
              {totals.attention === 0
                ? 'none needs attention'
                : `${formatCount(totals.attention)} ${totals.attention === 1 ? 'needs' : 'need'} attention`}
            </span>
          </p>
          <FleetFilters rows={rows} query={query} onQuery={ask} />
          {lines.length === 0 ? (
            <p className="clew-hidden">No session fits.</p>
          ) : (
            <FleetGrid
              lines={lines}
              view={JSON.stringify(wanted)}
              sort={query.sort}
              onSort={(sort) => ask({ ...query, sort })}
              closed={closed}
              onToggle={toggle}
              onSelect={onSelect}
              hrefOf={hrefOf}
            />
          )}
          {more === undefined ? null : <More shown={rows.length} more={more} />}
        </>
      )}
    </section>
  );
}

function More({ shown, more }: { readonly shown: number; readonly more: MoreSessions }): ReactNode {
  return (
    <p className="clew-muted clew-line-of-facts">
      <span role="status">
        {formatCount(shown)}
        {more.total === undefined ? '' : ` of ${formatCount(more.total)}`} sessions are here, and only they
        are sorted and searched
      </span>
      <button type="button" className="clew-button" disabled={more.isLoading} onClick={more.load}>
        {more.isLoading ? 'Loading…' : 'Load more'}
      </button>
    </p>
  );
}
