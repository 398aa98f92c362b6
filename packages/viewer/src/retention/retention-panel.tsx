import { retentionOf, type Session, type SessionRetention } from '@clew/trace-model';
import { useState, type ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import type { Reveal } from '../use-reveal.ts';
import { plural } from '../words.ts';
import { CutReasons } from './cut-reasons.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { retentionMatrix, type RetentionMatrix } from './retention-matrix.ts';

/** Columns that a page of the matrix has. */
const pageSize = 10;

/**
 * What the model can still read of the facts that compactions took away: a row for each kind, a column for each
 * compaction, and for the chosen one what was evicted and why.
 */
export function RetentionPanel({
  session,
  reveal,
  onSelect,
}: {
  readonly session: Session;
  readonly reveal: Reveal;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const retention = retentionOf(session);
  const matrix = retentionMatrix(session);
  return (
    <section className="clew-panel" aria-label="Retention">
      <header className="clew-panel-head">
        <h2>What was retained</h2>
      </header>
      {matrix.cuts.length === 0 ? (
        <p className="clew-muted">Nothing has left the context so far, so nothing could be lost.</p>
      ) : retention.cuts.length === 0 ? (
        <p className="clew-hidden">
          Not told: {matrix.cuts.length === 1 ? 'this compaction' : `these ${matrix.cuts.length} compactions`}{' '}
          wrote no fact sheet, or were made by an engine that does not measure what is retained.
        </p>
      ) : (
        <Matrix matrix={matrix} retention={retention} reveal={reveal} onSelect={onSelect} />
      )}
    </section>
  );
}

function Matrix({
  matrix,
  retention,
  reveal,
  onSelect,
}: {
  readonly matrix: RetentionMatrix;
  readonly retention: SessionRetention;
  readonly reveal: Reveal;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { cuts } = matrix;
  // Counted from the end, so that a compaction that arrives does not move what is looked at for long.
  const [pagesBack, goBack] = useState(0);
  const [chosen, choose] = useState<string>();
  const to = Math.max(Math.min(pageSize, cuts.length), cuts.length - pagesBack * pageSize);
  const from = Math.max(0, to - pageSize);
  const shown = cuts.slice(from, to);
  const cut = cuts.find(({ id }) => id === chosen) ?? shown.at(-1);
  return (
    <>
      <p className="clew-muted">{sentence(retention)}</p>
      {cuts.length > pageSize ? (
        <p className="clew-step-group">
          <button
            type="button"
            className="clew-button clew-square"
            aria-label="Earlier compactions"
            disabled={from === 0}
            onClick={() => goBack(pagesBack + 1)}
          >
            <Glyph name="left" />
          </button>
          <button
            type="button"
            className="clew-button clew-square"
            aria-label="Later compactions"
            disabled={to === cuts.length}
            onClick={() => goBack(pagesBack - 1)}
          >
            <Glyph name="right" />
          </button>
          <span className="clew-muted">
            {from + 1} to {to} of {formatCount(cuts.length)} compactions
          </span>
        </p>
      ) : null}
      <MatrixTable matrix={matrix} from={from} to={to} chosen={cut?.id} onChoose={choose} />
      {cut === undefined ? null : <CutReasons cut={cut} reveal={reveal} onSelect={onSelect} />}
      <p className="clew-muted clew-small">
        Facts that can still be read, of all that were in what left or had been carried on, found by their
        exact words. One that cannot be read may still be carried on, and come back with the next fact sheet;
        one that is evicted does not.
      </p>
    </>
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
