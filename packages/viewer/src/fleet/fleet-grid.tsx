import { useCallback, useState, type KeyboardEvent, type ReactNode } from 'react';
import { SortHead } from '../sort-head.tsx';
import { useNow } from '../use-now.ts';
import { useRowKeys } from '../use-row-keys.ts';
import { useVirtualRows } from '../use-virtual-rows.ts';
import { FleetCells } from './fleet-cells.tsx';
import { GroupCell } from './group-cell.tsx';
import { nextSort, type FleetLine, type FleetQuery, type FleetSortKey } from './fleet-query.ts';

/** Pixels. */
const rowHeight = 57;
const headHeight = 32;

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
  const [{ index: chosen, of }, choose] = useState({ index: 0, of: view });
  const active = of === view ? Math.min(chosen, lines.length - 1) : 0;
  const keyOf = useCallback((index: number) => lines[index]?.key ?? index, [lines]);
  const { scroller, rows, height, measure, scrollTo } = useVirtualRows({
    count: lines.length,
    rowHeight,
    headHeight,
    keyOf,
    active,
    view,
  });
  const onArrows = useRowKeys({
    list: scroller,
    count: lines.length,
    active,
    onMove: (index) => {
      choose({ index, of: view });
      scrollTo(index);
    },
  });
  const onRowKey = (event: KeyboardEvent, line: FleetLine): void => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
    event.preventDefault();
    if (line.kind === 'group') onToggle(line.group.name);
    else onSelect(line.row.id);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      className="clew-grid clew-fleet"
      aria-label="Sessions"
      aria-rowcount={lines.length + 1}
      onKeyDown={onArrows}
    >
      <div role="rowgroup" className="clew-grid-head">
        <div role="row" aria-rowindex={1} className="clew-grid-row">
          {columns.map(({ by, name }) =>
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
        </div>
      </div>
      <div role="rowgroup" className="clew-grid-body" style={{ height }}>
        {rows.map(({ index, start }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <div
              key={line.key}
              ref={measure}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              className={`clew-grid-row clew-line-${line.kind}`}
              tabIndex={index === active ? 0 : -1}
              style={{ transform: `translateY(${start}px)` }}
              onFocus={() => choose({ index, of: view })}
              onKeyDown={(event) => onRowKey(event, line)}
            >
              {line.kind === 'group' ? (
                <GroupCell group={line.group} isOpen={!closed.has(line.group.name)} onToggle={onToggle} />
              ) : (
                <FleetCells row={line.row} now={now} onSelect={onSelect} hrefOf={hrefOf} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
