import { ledgerEntries, type Cut } from '@clew/trace-model';
import { useMemo, useState, type ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import type { Reveal } from '../use-reveal.ts';
import { fateWords } from '../words.ts';
import { countRows, filterEntries, ledgerFilters, type LedgerFilter } from './ledger-filter.ts';
import { LedgerTable } from './ledger-table.tsx';

/** Entries shown at first, and how many more each time: thousands of rows at once would make the page slow. */
const portion = 100;

/** The fate of every item that the compaction met. Previews are hidden until they are asked for. */
export function Ledger({ cut, reveal }: { readonly cut: Cut; readonly reveal: Reveal }): ReactNode {
  const entries = useMemo(() => ledgerEntries(cut.ledger ?? []), [cut.ledger]);
  const [filter, setFilter] = useState<LedgerFilter>(() => (countRows(entries, 'gone') > 0 ? 'gone' : 'all'));
  const [limit, setLimit] = useState(portion);
  const shown = useMemo(() => filterEntries(entries, filter), [entries, filter]);
  const key = `${cut.id}/previews`;
  const isRevealed = reveal.isRevealed(key);
  const hasPreviews = cut.ledger?.some((row) => row.preview !== undefined) === true;
  const choose = (next: LedgerFilter): void => {
    setFilter(next);
    setLimit(portion);
  };

  if (cut.ledger === undefined) return <NoLedger cut={cut} />;
  return (
    <section className="clew-panel" aria-label="Ledger">
      <header className="clew-panel-head">
        <h2>
          Ledger <span className="clew-muted">{formatCount(cut.ledger.length)} items</span>
        </h2>
        {hasPreviews ? (
          <button
            type="button"
            className="clew-button"
            aria-pressed={isRevealed}
            onClick={() => reveal.set(key, !isRevealed)}
          >
            <Glyph name={isRevealed ? 'eyeOff' : 'eye'} />
            {isRevealed ? 'Hide previews' : 'Reveal previews'}
          </button>
        ) : null}
      </header>
      <div className="clew-filters" role="group" aria-label="Show">
        {ledgerFilters.map((option) => {
          const count = countRows(entries, option);
          return count === 0 && option !== 'gone' ? null : (
            <button
              key={option}
              type="button"
              aria-pressed={option === filter}
              onClick={() => choose(option)}
            >
              {filterWords(option)} <span className="clew-muted">{formatCount(count)}</span>
            </button>
          );
        })}
      </div>
      {shown.length === 0 ? (
        <p className="clew-hidden">Nothing: the model still sees every item.</p>
      ) : (
        <LedgerTable entries={shown.slice(0, limit)} isRevealed={isRevealed} />
      )}
      {shown.length > limit ? (
        <button type="button" className="clew-button clew-more" onClick={() => setLimit(limit + portion)}>
          Show {Math.min(portion, shown.length - limit)} more of {formatCount(shown.length - limit)}
        </button>
      ) : null}
    </section>
  );
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

function filterWords(filter: LedgerFilter): string {
  if (filter === 'gone') return 'No longer visible to the model';
  return filter === 'all' ? 'All' : fateWords[filter];
}
