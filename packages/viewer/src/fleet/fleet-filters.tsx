import type { ReactNode } from 'react';
import { Choice } from '../choice.tsx';
import type { FleetFilter, FleetQuery } from './fleet-query.ts';

const filters: readonly (readonly [FleetFilter, string])[] = [
  ['all', 'All'],
  ['attention', 'Needs attention'],
  ['open', 'Open'],
];

/** Which sessions to show, and how to group them. */
export function FleetFilters({
  query,
  onQuery,
}: {
  readonly query: FleetQuery;
  readonly onQuery: (query: FleetQuery) => void;
}): ReactNode {
  return (
    <div className="clew-fields">
      <div className="clew-filters" role="group" aria-label="Show">
        {filters.map(([filter, words]) => (
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
          ['policy', 'By policy'],
        ]}
        value={query.group}
        onChange={(group) => onQuery({ ...query, group })}
      />
    </div>
  );
}
