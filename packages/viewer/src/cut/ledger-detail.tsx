import type { LedgerEntry, LedgerRow } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import { ForeignText } from '../privacy/foreign-text.tsx';
import { categoryWords, fateMeanings, fateWords, spaced } from '../words.ts';
import { itemName, rowKey } from './item-words.ts';
import type { RowReveal } from './row-reveal.ts';

/** Everything that was recorded of an entry's items; their first words once they are asked for, one by one. */
export function LedgerDetail({
  entry,
  reveal,
}: {
  readonly entry: LedgerEntry;
  readonly reveal: RowReveal;
}): ReactNode {
  return (
    <div role="gridcell" className="clew-entry-detail">
      {entry.rows.map((row) => (
        <div key={rowKey(row)} className="clew-entry-half">
          <p>
            The <strong>{itemName(row)}</strong> of {sizes(row)} tokens: {fateWords[row.fate].toLowerCase()},{' '}
            {fateMeanings[row.fate]}
            {row.reason === undefined ? '.' : `; ${spaced(row.reason)}.`}
          </p>
          <p className="clew-muted clew-line-of-facts">
            <span>{categoryWords[row.category]}</span>
            <span>{row.sequence === 0 ? 'no compaction touched it' : `compaction ${row.sequence}`}</span>
            <span>
              id <code>{row.id}</code>
            </span>
            {row.pair === undefined ? null : (
              <span>
                call id <code>{row.pair}</code>
              </span>
            )}
            {row.archive_ref === undefined ? null : (
              <span>
                archived in <code>{row.archive_ref}</code>
              </span>
            )}
          </p>
          <Preview row={row} reveal={reveal} />
        </div>
      ))}
    </div>
  );
}

function Preview({ row, reveal }: { readonly row: LedgerRow; readonly reveal: RowReveal }): ReactNode {
  const isRevealed = reveal.isRevealed(row);
  if (row.preview === undefined) return <p className="clew-muted">Its words were not captured.</p>;
  return (
    <>
      <button
        type="button"
        className="clew-button clew-start"
        aria-expanded={isRevealed}
        onClick={() => reveal.set(row, !isRevealed)}
      >
        <Glyph name={isRevealed ? 'eyeOff' : 'eye'} />
        {isRevealed ? 'Hide' : 'Reveal'} the first words of the {itemName(row)}
      </button>
      {isRevealed ? (
        <p className="clew-preview">
          <ForeignText text={row.preview} />
        </p>
      ) : null}
    </>
  );
}

function sizes({ tokens, tokens_after }: LedgerRow): string {
  return tokens === tokens_after
    ? formatCount(tokens)
    : `${formatCount(tokens)} → ${formatCount(tokens_after)}`;
}
