import type { Cut, RetentionRecord } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import type { Reveal } from '../use-reveal.ts';
import { EvictedFacts } from './evicted-facts.tsx';
import { factWords } from './fact-words.ts';
import { KeptCell } from './kept-cell.tsx';
import { retentionReasons } from './retention-reason.ts';

/** What one compaction kept of the facts in what it took away; what was evicted, once it is asked for, and why. */
export function CutRetention({ cut, reveal }: { readonly cut: Cut; readonly reveal: Reveal }): ReactNode {
  const { retention } = cut;
  if (retention === undefined) return null;
  return (
    <section className="clew-panel" aria-label="Retention">
      <header className="clew-panel-head">
        <h2>What was retained</h2>
      </header>
      <p className="clew-muted" title="Each fact weighed by who named it, how often and how lately">
        {formatRatio(retention.score)} of the facts can still be read, by weight.
      </p>
      <Kinds retention={retention} />
      {retentionReasons(cut).map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <EvictedFacts cut={cut} reveal={reveal} />
    </section>
  );
}

function Kinds({ retention }: { readonly retention: RetentionRecord }): ReactNode {
  const kinds = Object.entries(factWords).flatMap(([kind, word]) => {
    const of = retention.by_kind[kind as keyof typeof factWords];
    return of === undefined ? [] : [{ kind, word, of }];
  });
  if (kinds.length === 0) return <p className="clew-muted">There were no facts in what it took away.</p>;
  return (
    <table className="clew-table clew-plain clew-matrix">
      <caption className="clew-visually-hidden">Facts that can still be read, by kind</caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Can still be read</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ kind, word, of }) => (
          <tr key={kind}>
            <th scope="row">{word}</th>
            <td>
              <KeptCell of={of} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
