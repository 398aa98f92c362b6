import type { LedgerEntry } from '@clew/trace-model';
import { useCallback, useState, type ReactNode } from 'react';
import { SortHead } from '../sort-head.tsx';
import { VirtualGrid } from '../virtual-grid.tsx';
import { nextOrder, type LedgerOrder, type SortKey } from './ledger-order.ts';
import { LedgerRowCells } from './ledger-row.tsx';
import type { RowReveal } from './row-reveal.ts';

const columns = [
  { by: 'item', name: 'Item' },
  { by: 'fate', name: 'Fate' },
  { by: 'tokens', name: 'Tokens', isRight: true },
] as const satisfies readonly { by: SortKey; name: string; isRight?: boolean }[];

/** The rows in sight of a ledger that may be very long. Enter opens a row, `v` reveals its next hidden words. */
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
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((key: string) => {
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const onKey = (key: string, entry: LedgerEntry): boolean => {
    if (key === 'Enter') toggle(entry.key);
    else if (key === 'v') {
      setOpen((before) => new Set(before).add(entry.key));
      revealNext(entry, reveal);
    }
    return key === 'Enter' || key === 'v';
  };
  return (
    <VirtualGrid
      name="Items and their fates"
      className="clew-ledger"
      lines={entries}
      view={view}
      rowHeight={35}
      headHeight={30}
      onKey={onKey}
      head={
        <>
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
        </>
      }
    >
      {(entry) => (
        <LedgerRowCells entry={entry} isOpen={open.has(entry.key)} onOpen={toggle} reveal={reveal} />
      )}
    </VirtualGrid>
  );
}

/** The first words that are still hidden; where all are shown, all are hidden again. */
function revealNext({ rows }: LedgerEntry, reveal: RowReveal): void {
  const captured = rows.filter(({ preview }) => preview !== undefined);
  const next = captured.find((row) => !reveal.isRevealed(row));
  if (next !== undefined) reveal.set(next, true);
  else for (const row of captured) reveal.set(row, false);
}
