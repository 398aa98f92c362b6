import { retentionOf, type MeasuredCut, type Session, type SessionRetention } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { cutName, cutTitle } from '../cut/cut-words.ts';
import { formatCount } from '../format/tokens.ts';
import { plural } from '../words.ts';
import { factWords } from './fact-words.ts';
import { KeptCell } from './kept-cell.tsx';

/** The matrix holds this many of the latest compactions; earlier ones have it in their own view. */
const maxColumns = 12;

/**
 * What the model can still read of the facts that compactions took away: a row for each kind, a column for each
 * compaction. The row over time is the story: what erodes does so from one compaction to the next.
 */
export function RetentionPanel({
  session,
  onSelect,
}: {
  readonly session: Session;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const retention = retentionOf(session);
  if (retention.cuts.length + retention.unmeasured === 0) return null;
  return (
    <section className="clew-panel" aria-label="Retention">
      <header className="clew-panel-head">
        <h2>What was retained</h2>
      </header>
      {retention.cuts.length === 0 ? (
        <p className="clew-muted">
          Not measured: these compactions wrote no fact sheet, or were made by an engine that does not measure
          it.
        </p>
      ) : (
        <>
          <p className="clew-muted">{sentence(retention)}</p>
          <Matrix retention={retention} onSelect={onSelect} />
          <p className="clew-muted clew-small">
            Facts that can still be read, of all that were in what left or had been carried on. One that
            cannot be read may still be carried on, and come back with the next fact sheet; one that is
            evicted does not.
          </p>
        </>
      )}
    </section>
  );
}

function Matrix({
  retention,
  onSelect,
}: {
  readonly retention: SessionRetention;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { cuts, kinds, totals } = retention;
  const from = Math.max(0, cuts.length - maxColumns);
  return (
    <div className="clew-scroll" role="region" aria-label="Retention by kind" tabIndex={0}>
      <table className="clew-table clew-plain clew-matrix">
        <caption className="clew-visually-hidden">
          Facts that can still be read, by kind, after each compaction
          {from > 0 ? `; the latest ${maxColumns} of ${cuts.length}` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            {cuts.slice(from).map((measured) => (
              <CutColumn key={measured.cut.id} measured={measured} onSelect={onSelect} />
            ))}
            <th scope="col">After the last</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, cells, last }) => (
            <tr key={kind}>
              <th scope="row">{factWords[kind]}</th>
              {cuts.slice(from).map(({ cut }, at) => (
                <td key={cut.id}>
                  <KeptCell of={cells[from + at]} />
                </td>
              ))}
              <td>
                <KeptCell of={last} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {cuts.slice(from).map(({ cut }, at) => (
              <td key={cut.id}>
                <KeptCell of={totals[from + at]} />
              </td>
            ))}
            <td>
              <KeptCell of={totals.at(-1)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function CutColumn({
  measured: { cut },
  onSelect,
}: {
  readonly measured: MeasuredCut;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  return (
    <th scope="col">
      <button type="button" className="clew-link" title={cutName(cut)} onClick={() => onSelect(cut.id)}>
        {cutTitle(cut)}
      </button>
    </th>
  );
}

function sentence({ cuts, evicted, eroded, unmeasured }: SessionRetention): string {
  const over = plural(cuts.length, 'compaction');
  const times = evicted === 1 ? 'once' : `${formatCount(evicted)} times`;
  const gone =
    evicted === 0
      ? `Over ${over} no fact was evicted.`
      : `Over ${over} a fact was evicted ${times}${
          eroded === 0 ? '' : `, ${formatCount(eroded)} of them after an earlier one had carried it on`
        }.`;
  return unmeasured === 0 ? gone : `${gone} ${plural(unmeasured, 'compaction')} did not measure it.`;
}
