import { ledgerEntries, type Cut, type LedgerRow } from '@clew/trace-model';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import type { Reveal } from '../use-reveal.ts';
import { countRows, filterEntries, type LedgerFilter } from './ledger-filter.ts';
import { LedgerFilters } from './ledger-filters.tsx';
import { LedgerGrid } from './ledger-grid.tsx';
import { orderEntries, type LedgerOrder } from './ledger-order.ts';
import type { RowReveal } from './row-reveal.ts';

/** The fate of every item that the compaction met. Their first words are hidden until they are asked for. */
export function Ledger({ cut, reveal }: { readonly cut: Cut; readonly reveal: Reveal }): ReactNode {
  const entries = useMemo(() => ledgerEntries(cut.ledger ?? []), [cut.ledger]);
  const [filter, setFilter] = useState<LedgerFilter>(() => ({
    fate: countRows(entries, 'gone') > 0 ? 'gone' : 'all',
    category: undefined,
    tool: undefined,
    text: '',
  }));
  const [order, setOrder] = useState<LedgerOrder>();
  const rowReveal = useMemo<RowReveal>(() => {
    const keyOf = (row: LedgerRow): string => `${cut.id}/preview/${row.id}`;
    return {
      isRevealed: (row) => reveal.isRevealed(keyOf(row)),
      set: (row, isRevealed) => reveal.set(keyOf(row), isRevealed),
    };
  }, [cut.id, reveal]);
  // Typing stays quick where there are thousands of rows to look through.
  const wanted = useDeferredValue(filter);
  const shown = useMemo(
    () => orderEntries(filterEntries(entries, wanted, rowReveal.isRevealed), order),
    [entries, wanted, order, rowReveal],
  );

  if (cut.ledger === undefined) return <NoLedger cut={cut} />;
  return (
    <section className="clew-panel" aria-label="Ledger">
      <header className="clew-panel-head">
        <h2>
          Ledger <span className="clew-muted">{formatCount(cut.ledger.length)} items</span>
        </h2>
      </header>
      <LedgerFilters entries={entries} filter={filter} onFilter={setFilter} />
      {shown.length === 0 ? (
        <p className="clew-hidden">{emptyWords(filter)}</p>
      ) : (
        <LedgerGrid
          entries={shown}
          view={JSON.stringify([wanted, order])}
          order={order}
          onOrder={setOrder}
          reveal={rowReveal}
        />
      )}
      <p className="clew-muted clew-small" role="status">
        {formatCount(shown.length)} of {formatCount(entries.length)} rows; a call and its result are one.
      </p>
    </section>
  );
}

function emptyWords({ fate, category, tool, text }: LedgerFilter): string {
  if (category !== undefined || tool !== undefined || text.trim() !== '')
    return 'No row fits. What is hidden is not searched.';
  return fate === 'gone' ? 'Nothing: the model still sees every item.' : 'The compaction met no item.';
}

function NoLedger({ cut }: { readonly cut: Cut }): ReactNode {
  if (cut.kind === 'running') return null;
  return (
    <section className="clew-panel" aria-label="Ledger">
      <header className="clew-panel-head">
        <h2>Ledger</h2>
      </header>
      <p className="clew-hidden">
        {cut.ledgerRef === undefined
          ? 'The items were not recorded one by one.'
          : `The ledger is stored at ${cut.ledgerRef}.`}
      </p>
    </section>
  );
}
