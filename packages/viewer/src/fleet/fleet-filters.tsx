import type { ReactNode } from 'react';
import { Choice } from '../choice.tsx';
import type { FleetFilter, FleetQuery } from './fleet-query.ts';
import type { FleetRow } from './fleet-row.ts';

const filters: readonly (readonly [FleetFilter, string])[] = [
  ['all', 'All'],
  ['attention', 'Needs attention'],
  ['open', 'Open'],
];

/** Which sessions to show, and how to group them. */
export function FleetFilters({
  rows,
  query,
  onQuery,
}: {
  /** What none of them tells is not asked for. */
  readonly rows: readonly FleetRow[];
  readonly query: FleetQuery;
  readonly onQuery: (query: FleetQuery) => void;
}): ReactNode {
  const tellsOpen = rows.some(({ isOpen }) => isOpen !== undefined);
  const tellsPolicy = rows.some(({ policy }) => policy !== undefined);
  return (
    <div className="clew-fields">
      <div className="clew-filters" role="group" aria-label="Show">
        {filters
          .filter(([filter]) => filter !== 'open' || tellsOpen)
          .map(([filter, words]) => (
            <button
              key={filter}
              type="button"
              aria-pressed={filter === query.filter}
              onClick={() => onQuery({ ...query, filter })}
            >
              {words}
            </button>
          ))}
      </div>
      <input
        type="search"
        className="clew-field clew-find"
        aria-label="Find sessions by name, id, agent, model or policy"
        placeholder="Find"
        value={query.text}
        onChange={({ target }) => onQuery({ ...query, text: target.value })}
      />
      <Choice
        name="Group by"
        all="Not grouped"
        options={[
          ['agent', 'By agent'],
          ['model', 'By model'],
          ...(tellsPolicy ? ([['policy', 'By policy']] as const) : []),
        ]}
        value={query.group}
        onChange={(group) => onQuery({ ...query, group })}
      />
    </div>
  );
}
