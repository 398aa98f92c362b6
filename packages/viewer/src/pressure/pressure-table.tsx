import { sentTokens, type Call } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { Glyph } from '../glyph.tsx';
import { Moment } from '../moment.tsx';
import { quietGlyph } from '../outcome-note.tsx';
import { Tokens } from '../tokens.tsx';
import { outcomeWords } from '../words.ts';

/** The same as the chart in numbers: one row for each call. */
export function PressureTable({
  calls,
  selected,
  onSelect,
}: {
  readonly calls: readonly Call[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  return (
    <div className="clew-scroll clew-pressure-table" role="region" aria-label="Tokens by call" tabIndex={0}>
      <table className="clew-table">
        <thead>
          <tr>
            <th scope="col">Call</th>
            <th scope="col">Time</th>
            <th scope="col" className="clew-right">
              Before
            </th>
            <th scope="col" className="clew-right">
              Sent
            </th>
            <th scope="col" className="clew-right">
              Of limit
            </th>
            <th scope="col" className="clew-wide clew-right">
              Provider
            </th>
            <th scope="col" className="clew-wide">
              Outcome
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.id} aria-selected={call.id === selected}>
              <th scope="row">
                <button type="button" className="clew-link" onClick={() => onSelect(call.id)}>
                  {call.position}
                </button>
              </th>
              <td>{call.start === undefined ? '' : <Moment time={call.start} />}</td>
              <td className="clew-right">
                <Tokens count={call.before?.tokens} basis={call.basis} />
              </td>
              <td className="clew-right">
                <Tokens count={call.after?.tokens} basis={call.basis} />
              </td>
              <td className="clew-right">{ofLimit(call)}</td>
              <td className="clew-wide clew-right">
                <Tokens count={call.usage?.inputTokens} />
              </td>
              <td className="clew-wide">
                <QuietMark outcome={call.outcome} />
                {call.outcome === undefined ? call.state : outcomeWords[call.outcome]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function QuietMark({ outcome }: { readonly outcome: Call['outcome'] }): ReactNode {
  const glyph = quietGlyph(outcome);
  return glyph === undefined ? null : (
    <>
      <Glyph name={glyph} />{' '}
    </>
  );
}

function ofLimit(call: Call): string {
  const tokens = sentTokens(call);
  return tokens === undefined || call.window === undefined ? '' : formatRatio(tokens / call.window.limit);
}
