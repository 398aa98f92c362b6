import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { cutName, cutTitle } from '../cut/cut-words.ts';
import { formatCount } from '../format/tokens.ts';
import { factWords } from './fact-words.ts';
import { MatrixCellView } from './kept-cell.tsx';
import type { MatrixRow, RetentionMatrix } from './retention-matrix.ts';

/** The matrix in a table: a compaction's head chooses it, so that its reasons are told beneath. */
export function MatrixTable({
  matrix: { cuts, rows, total },
  from,
  to,
  chosen,
  onChoose,
}: {
  readonly matrix: RetentionMatrix;
  readonly from: number;
  readonly to: number;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const shown = cuts.slice(from, to);
  const mark = (cut: Cut | undefined): string | undefined => (cut?.id === chosen ? 'clew-chosen' : undefined);
  const cellsOf = ({ cells }: MatrixRow): ReactNode =>
    cells.slice(from, to).map((cell, at) => (
      <td key={shown[at]?.id} className={mark(shown[at])}>
        <MatrixCellView cell={cell} />
      </td>
    ));
  return (
    <div
      key={from}
      ref={scrollToEnd}
      className="clew-scroll"
      role="region"
      aria-label="Retention by kind"
      tabIndex={0}
    >
      <table className="clew-table clew-plain clew-matrix">
        <caption className="clew-visually-hidden">
          Facts that can still be read, by kind, after each compaction; compactions {from + 1} to {to} of{' '}
          {cuts.length}
        </caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            {shown.map((cut) => (
              <th key={cut.id} scope="col" className={mark(cut)}>
                <button
                  type="button"
                  className="clew-link"
                  aria-pressed={cut.id === chosen}
                  title={cutName(cut)}
                  onClick={() => onChoose(cut.id)}
                >
                  {cutTitle(cut)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kind}>
              <th scope="row">{row.kind === 'all' ? 'All' : factWords[row.kind]}</th>
              {cellsOf(row)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {cellsOf(total)}
          </tr>
          <Counts name="Carried on" cuts={shown} mark={mark} countOf={(cut) => cut.retention?.facts} />
          <Counts name="Evicted" cuts={shown} mark={mark} countOf={(cut) => cut.retention?.evicted} />
          <Counts name="of them eroded" cuts={shown} mark={mark} countOf={(cut) => cut.retention?.eroded} />
        </tfoot>
      </table>
    </div>
  );
}

/** The latest is what one looks at first, also where there is room for two columns only. */
function scrollToEnd(element: HTMLElement | null): void {
  if (element !== null) element.scrollLeft = element.scrollWidth;
}

function Counts({
  name,
  cuts,
  mark,
  countOf,
}: {
  readonly name: string;
  readonly cuts: readonly Cut[];
  readonly mark: (cut: Cut) => string | undefined;
  readonly countOf: (cut: Cut) => number | undefined;
}): ReactNode {
  return (
    <tr className="clew-counts">
      <th scope="row">{name}</th>
      {cuts.map((cut) => {
        const count = countOf(cut);
        return (
          <td key={cut.id} className={mark(cut)}>
            {count === undefined ? (
              <span className="clew-unknown">not told</span>
            ) : (
              <span className="clew-number">{formatCount(count)}</span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
