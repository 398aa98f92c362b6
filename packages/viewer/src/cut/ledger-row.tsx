import type { LedgerEntry } from '@clew/trace-model';
import { memo, type ReactNode } from 'react';
import { FateMark } from '../fate-mark.tsx';
import { Glyph } from '../glyph.tsx';
import { Tokens } from '../tokens.tsx';
import { categoryWords, spaced } from '../words.ts';
import { entryName, entryPlace, integrityWords, itemName, rowKey } from './item-words.ts';
import { LedgerDetail } from './ledger-detail.tsx';
import { entryTokens } from './ledger-order.ts';
import type { RowReveal } from './row-reveal.ts';

/** One row of the ledger: an item, or a call with its result. Opened, it tells all that was recorded of it. */
export const LedgerRowCells = memo(function LedgerRowCells({
  entry,
  isOpen,
  onOpen,
  reveal,
}: {
  readonly entry: LedgerEntry;
  readonly isOpen: boolean;
  readonly onOpen: (key: string) => void;
  readonly reveal: RowReveal;
}): ReactNode {
  const name = entryName(entry);
  const { before, after } = entryTokens(entry);
  const tool = entry.rows.find((row) => row.tool !== undefined)?.tool;
  return (
    <>
      <span role="gridcell" className="clew-cell clew-wide-cell clew-right clew-muted clew-number">
        {entryPlace(entry)}
      </span>
      <span role="gridcell" className="clew-cell clew-item">
        <button
          type="button"
          className="clew-open"
          tabIndex={-1}
          aria-expanded={isOpen}
          aria-label={`Details of ${name}${tool === undefined ? '' : ` ${tool}`}`}
          onClick={() => onOpen(entry.key)}
        >
          <Glyph name="right" />
        </button>
        <span className="clew-swatches">
          {entry.rows.map((row) => (
            <i
              key={rowKey(row)}
              className={`clew-swatch clew-category-${row.category}`}
              title={categoryWords[row.category]}
            />
          ))}
        </span>
        <span className="clew-item-name">
          {name} {tool === undefined ? null : <code>{tool}</code>}
          {entry.integrity === 'whole' ? null : (
            <span className="clew-badge clew-tone-bad">
              <Glyph name="link" />
              {integrityWords[entry.integrity]}
            </span>
          )}
          <span className="clew-reason">{reasons(entry)}</span>
        </span>
      </span>
      <span role="gridcell" className="clew-cell clew-fates-cell">
        <Fates rows={entry.rows} />
      </span>
      <span role="gridcell" className="clew-cell clew-right">
        <Tokens count={before} />
        {after > 0 && after !== before ? (
          <>
            {' → '}
            <Tokens count={after} />
          </>
        ) : null}
      </span>
      {isOpen ? <LedgerDetail entry={entry} reveal={reveal} /> : null}
    </>
  );
});

/** One mark where the halves share their fate, else one for each. */
function Fates({ rows }: { readonly rows: LedgerEntry['rows'] }): ReactNode {
  const [first] = rows;
  if (rows.every((row) => row.fate === first.fate)) return <FateMark fate={first.fate} />;
  return rows.map((row) => (
    <span key={rowKey(row)} className="clew-half">
      <FateMark fate={row.fate} /> <small>{itemName(row)}</small>
    </span>
  ));
}

/** Said once for a pair that left for one reason. */
function reasons({ rows }: LedgerEntry): string {
  return [...new Set(rows.flatMap(({ reason }) => (reason === undefined ? [] : [spaced(reason)])))].join(
    '; ',
  );
}
