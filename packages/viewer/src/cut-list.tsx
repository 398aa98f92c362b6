import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { cutTitle } from './cut/cut-words.ts';
import { OutcomeBadge } from './cut/outcome-badge.tsx';
import { formatRatio } from './format/ratio.ts';
import { formatDuration } from './format/time.ts';
import { Moment } from './moment.tsx';
import { Tokens } from './tokens.tsx';
import { triggerWords } from './words.ts';

/** Every cut of a session in a row of numbers. */
export function CutList({
  cuts,
  onSelect,
}: {
  readonly cuts: readonly Cut[];
  readonly onSelect: (id: string) => void;
}): ReactNode {
  return (
    <section className="clew-panel" aria-label="Compactions">
      <header className="clew-panel-head">
        <h2>Compactions</h2>
      </header>
      {cuts.length === 0 ? (
        <p className="clew-muted">None so far: no prompt has reached its trigger.</p>
      ) : (
        <div
          className="clew-scroll clew-cut-rows"
          role="region"
          aria-label="Compactions in rows"
          tabIndex={0}
        >
          <table className="clew-table clew-cuts">
            <thead>
              <tr>
                <th scope="col">Compaction</th>
                <th scope="col">Outcome</th>
                <th scope="col" className="clew-right">
                  Before → after
                </th>
                <th scope="col" className="clew-wide clew-right">
                  Saved
                </th>
                <th scope="col" className="clew-wide">
                  Trigger
                </th>
                <th scope="col" className="clew-wide clew-right">
                  Took
                </th>
                <th scope="col" className="clew-wide clew-right">
                  Time
                </th>
              </tr>
            </thead>
            <tbody>
              {cuts.map((cut) => (
                <CutRow key={cut.id} cut={cut} onSelect={onSelect} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function CutRow({
  cut,
  onSelect,
}: {
  readonly cut: Cut;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { before, after, saved, basis, start, end } = cut;
  return (
    <tr>
      <th scope="row" className="clew-nowrap">
        <button type="button" className="clew-link" onClick={() => onSelect(cut.id)}>
          {cutTitle(cut)}
        </button>
        <span className="clew-cut-call clew-muted"> call {cut.call.position}</span>
      </th>
      <td>
        <OutcomeBadge cut={cut} />
      </td>
      <td className="clew-right clew-nowrap">
        <Tokens count={before} basis={basis} /> →{' '}
        {after === undefined ? '…' : <Tokens count={after} basis={basis} />}
      </td>
      <td className="clew-wide clew-right">
        {saved === undefined || !before ? '' : formatRatio(saved / before)}
      </td>
      <td className="clew-wide">{cut.trigger === undefined ? '' : triggerWords[cut.trigger]}</td>
      <td className="clew-wide clew-right">
        {start === undefined || end === undefined ? '' : formatDuration(end - start)}
      </td>
      <td className="clew-wide clew-right">{start === undefined ? '' : <Moment time={start} />}</td>
    </tr>
  );
}
