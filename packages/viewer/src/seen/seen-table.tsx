import type { ReactNode } from 'react';
import { FateMark } from '../fate-mark.tsx';
import { Tokens } from '../tokens.tsx';
import { useFixedRows } from '../use-fixed-rows.ts';
import { categoryWords } from '../words.ts';
import type { SeenRow } from './seen-rows.ts';

/** Pixels. */
const rowHeight = 34;

/** Only the rows in sight are in the page: a prompt may hold thousands of items. */
export function SeenTable({
  rows,
  onSelect,
}: {
  readonly rows: readonly SeenRow[];
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { scroller, onScroll, from, to } = useFixedRows(rows.length, rowHeight);
  return (
    <div
      className="clew-items"
      role="region"
      aria-label="Items in rows"
      tabIndex={0}
      ref={scroller}
      onScroll={onScroll}
    >
      <table className="clew-table clew-plain" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Item</th>
            <th scope="col" className="clew-right">
              Tokens
            </th>
            <th scope="col">Fate</th>
          </tr>
        </thead>
        <tbody style={{ height: rows.length * rowHeight }}>
          {rows.slice(from, to).map((row, at) => (
            <Row key={row.key} row={row} at={from + at} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  row: { row, tokens, basis, goneWith },
  at,
  onSelect,
}: {
  readonly row: SeenRow;
  readonly at: number;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  return (
    <tr aria-rowindex={at + 2} style={{ top: at * rowHeight, height: rowHeight }}>
      <td>
        <span className="clew-key">
          <i className={`clew-swatch clew-category-${row.category}`} />
          {categoryWords[row.category]}
        </span>
      </td>
      <th scope="row" title={row.id}>
        {row.tool ?? `${row.role} ${row.kind}`} <span className="clew-muted clew-small">{row.id}</span>
      </th>
      <td className="clew-right">
        <Tokens count={tokens} />
      </td>
      <td>
        {goneWith === undefined ? (
          <>
            <FateMark fate={row.fate} />
            {basis === 'placed' ? <span className="clew-muted clew-small"> placed</span> : null}
          </>
        ) : (
          <button type="button" className="clew-link" onClick={() => onSelect(goneWith)}>
            <FateMark fate={row.fate} />
          </button>
        )}
      </td>
    </tr>
  );
}
