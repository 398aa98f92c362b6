import type { ReactNode } from 'react';
import { SortHead } from '../sort-head.tsx';
import { useNow } from '../use-now.ts';
import { VirtualGrid } from '../virtual-grid.tsx';
import { FleetCells } from './fleet-cells.tsx';
import { nextSort, type FleetLine, type FleetQuery, type FleetSortKey } from './fleet-query.ts';
import { GroupCell } from './group-cell.tsx';

const columns = [
  { by: 'name', name: 'Session' },
  { by: undefined, name: 'Pressure' },
  { by: 'peak', name: 'Peak' },
  { by: 'cuts', name: 'Cuts' },
  { by: 'attention', name: 'Health' },
  { by: 'saved', name: 'Reclaimed' },
  { by: 'net', name: 'Net cost' },
  { by: 'end', name: 'Latest' },
] as const satisfies readonly { by: FleetSortKey | undefined; name: string }[];

/** The lines in sight of a list of any length. Enter opens a session, or opens and closes a group. */
export function FleetGrid({
  lines,
  view,
  sort,
  onSort,
  closed,
  onToggle,
  onSelect,
  hrefOf,
}: {
  readonly lines: readonly FleetLine[];
  readonly view: string;
  readonly sort: FleetQuery['sort'];
  readonly onSort: (sort: FleetQuery['sort']) => void;
  readonly closed: ReadonlySet<string>;
  readonly onToggle: (group: string) => void;
  readonly onSelect: (id: string) => void;
  readonly hrefOf: ((id: string) => string) | undefined;
}): ReactNode {
  const now = useNow();
  const onKey = (key: string, line: FleetLine): boolean => {
    if (key !== 'Enter') return false;
    if (line.kind === 'group') onToggle(line.group.name);
    else onSelect(line.row.id);
    return true;
  };
  return (
    <VirtualGrid
      name="Sessions"
      className="clew-fleet"
      lines={lines}
      view={view}
      rowHeight={57}
      headHeight={32}
      classOf={({ kind }) => `clew-line-${kind}`}
      onKey={onKey}
      head={columns.map(({ by, name }) =>
        by === undefined ? (
          <span key={name} role="columnheader" className="clew-cell clew-fleet-pressure">
            {name}
          </span>
        ) : (
          <SortHead
            key={name}
            name={name}
            className={`clew-fleet-${by}`}
            sorted={sort.by === by ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
            onSort={() => onSort(nextSort(sort, by))}
          />
        ),
      )}
    >
      {(line) =>
        line.kind === 'group' ? (
          <GroupCell group={line.group} isOpen={!closed.has(line.group.name)} onToggle={onToggle} />
        ) : (
          <FleetCells row={line.row} now={now} onSelect={onSelect} hrefOf={hrefOf} />
        )
      }
    </VirtualGrid>
  );
}
