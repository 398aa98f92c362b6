import type { Integrity, LedgerEntry, LedgerRow } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { FateMark } from '../fate-mark.tsx';
import { Glyph } from '../glyph.tsx';
import { Tokens } from '../tokens.tsx';
import { spaced } from '../words.ts';

const problems: Record<Exclude<Integrity, 'whole'>, string> = {
  open: 'no result yet',
  orphan: 'result without its call',
  split: 'call and result were separated',
};

/** Rows of a ledger; a call and its result form a group of two. */
export function LedgerTable({
  entries,
  isRevealed,
}: {
  readonly entries: readonly LedgerEntry[];
  readonly isRevealed: boolean;
}): ReactNode {
  return (
    <div className="clew-scroll clew-ledger-rows" role="region" aria-label="Ledger rows" tabIndex={0}>
      <table className="clew-table clew-ledger">
        <thead>
          <tr>
            <th scope="col" className="clew-right clew-wide">
              #
            </th>
            <th scope="col">Item</th>
            <th scope="col">Fate</th>
            <th scope="col" className="clew-right">
              Tokens
            </th>
          </tr>
        </thead>
        {entries.map((entry) => (
          <tbody key={entry.key} className={entry.rows.length > 1 ? 'clew-pair' : undefined}>
            {entry.rows.map((row, at) => (
              <ItemRow
                key={`${row.id} ${row.index ?? row.sequence}`}
                row={row}
                reason={row.reason === entry.rows[at - 1]?.reason ? undefined : row.reason}
                isRevealed={isRevealed}
                problem={at === 0 && entry.integrity !== 'whole' ? problems[entry.integrity] : undefined}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function ItemRow({
  row,
  reason,
  isRevealed,
  problem,
}: {
  readonly row: LedgerRow;
  /** Said once for a pair that left for one reason. */
  readonly reason: string | undefined;
  readonly isRevealed: boolean;
  readonly problem: string | undefined;
}): ReactNode {
  const hasShrunk = row.tokens_after > 0 && row.tokens_after !== row.tokens;
  return (
    <tr>
      <td className="clew-right clew-muted clew-number clew-wide">{row.index ?? ''}</td>
      <td className="clew-item">
        <span className="clew-item-name">
          <i className={`clew-swatch clew-category-${row.category}`} />
          {itemName(row)} {row.tool === undefined ? null : <code>{row.tool}</code>}
          {problem === undefined ? null : (
            <span className="clew-badge clew-tone-bad">
              <Glyph name="link" />
              {problem}
            </span>
          )}
          {reason === undefined ? null : <span className="clew-reason"> {spaced(reason)}</span>}
        </span>
        {isRevealed && row.preview !== undefined ? <span className="clew-preview">{row.preview}</span> : null}
      </td>
      <td>
        <FateMark fate={row.fate} />{' '}
      </td>
      <td className="clew-right clew-nowrap">
        <Tokens count={row.tokens} />
        {hasShrunk ? (
          <>
            {' → '}
            <Tokens count={row.tokens_after} />
          </>
        ) : null}
      </td>
    </tr>
  );
}

/** `user`, `call`, `result`, `assistant reasoning`, `summary`. */
function itemName({ role, kind, category }: LedgerRow): string {
  if (category === 'summary') return 'earlier summary';
  if (kind === 'call' || kind === 'result') return kind;
  return kind === 'message' || kind === 'other' ? role : `${role} ${kind}`;
}
