import type { LedgerEntry } from '@clew/trace-model';
import { useCallback, useState, type KeyboardEvent, type ReactNode } from 'react';
import { SortHead } from '../sort-head.tsx';
import { useRowKeys } from '../use-row-keys.ts';
import { useVirtualRows } from '../use-virtual-rows.ts';
import { nextOrder, type LedgerOrder, type SortKey } from './ledger-order.ts';
import { LedgerRowCells } from './ledger-row.tsx';
import type { RowReveal } from './row-reveal.ts';

/** Pixels. */
const rowHeight = 35;
const headHeight = 30;

const columns = [
  { by: 'item', name: 'Item' },
  { by: 'fate', name: 'Fate' },
  { by: 'tokens', name: 'Tokens', isRight: true },
] as const satisfies readonly { by: SortKey; name: string; isRight?: boolean }[];

/** The rows in sight of a list that may be very long. Enter opens a row, `v` reveals its next hidden words. */
export function LedgerGrid({
  entries,
  view,
  order,
  onOrder,
  reveal,
}: {
  readonly entries: readonly LedgerEntry[];
  /** What of the ledger these are, in a word. */
  readonly view: string;
  readonly order: LedgerOrder;
  readonly onOrder: (order: LedgerOrder) => void;
  readonly reveal: RowReveal;
}): ReactNode {
  const [{ index: chosen, of }, choose] = useState({ index: 0, of: view });
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const active = of === view ? Math.min(chosen, entries.length - 1) : 0;
  const setChosen = (index: number): void => choose({ index, of: view });
  const keyOf = useCallback((index: number) => entries[index]?.key ?? index, [entries]);
  const { scroller, rows, height, measure, scrollTo } = useVirtualRows({
    count: entries.length,
    rowHeight,
    headHeight,
    keyOf,
    active,
    view,
  });
  const onArrows = useRowKeys({
    list: scroller,
    count: entries.length,
    active,
    onMove: (index) => {
      setChosen(index);
      scrollTo(index);
    },
  });
  const toggle = useCallback((key: string) => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const onRowKey = (event: KeyboardEvent, entry: LedgerEntry): void => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') toggle(entry.key);
    else if (event.key === 'v') {
      setOpen((before) => new Set(before).add(entry.key));
      revealNext(entry, reveal);
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      role="grid"
      className="clew-grid clew-ledger"
      aria-label="Items and their fates"
      aria-rowcount={entries.length + 1}
      onKeyDown={onArrows}
    >
      <div role="rowgroup" className="clew-grid-head">
        <div role="row" aria-rowindex={1} className="clew-grid-row">
          <span role="columnheader" className="clew-cell clew-wide-cell clew-right">
            #
          </span>
          {columns.map((column) => (
            <SortHead
              key={column.by}
              name={column.name}
              isRight={'isRight' in column}
              sorted={order?.by === column.by ? (order.isDescending ? 'descending' : 'ascending') : undefined}
              onSort={() => onOrder(nextOrder(order, column.by))}
            />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="clew-grid-body" style={{ height }}>
        {rows.map(({ index, start }) => {
          const entry = entries[index];
          return entry === undefined ? null : (
            <div
              key={entry.key}
              ref={measure}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              className="clew-grid-row"
              tabIndex={index === active ? 0 : -1}
              style={{ transform: `translateY(${start}px)` }}
              onFocus={() => setChosen(index)}
              onKeyDown={(event) => onRowKey(event, entry)}
            >
              <LedgerRowCells entry={entry} isOpen={open.has(entry.key)} onOpen={toggle} reveal={reveal} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The first words that are still hidden; where all are shown, all are hidden again. */
function revealNext({ rows }: LedgerEntry, reveal: RowReveal): void {
  const captured = rows.filter(({ preview }) => preview !== undefined);
  const next = captured.find((row) => !reveal.isRevealed(row));
  if (next !== undefined) reveal.set(next, true);
  else for (const row of captured) reveal.set(row, false);
}
