import { sentTokens, type Call } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { Glyph } from '../glyph.tsx';
import { Moment } from '../moment.tsx';
import { quietGlyph } from '../outcome-note.tsx';
import { Tokens } from '../tokens.tsx';
import { useFixedRows } from '../use-fixed-rows.ts';
import { outcomeWords } from '../words.ts';

/** Pixels. */
const rowHeight = 34;
/** So many rows are drawn at once; of more only those in sight. */
const fewRows = 200;

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
  const at = calls.findIndex(({ id }) => id === selected);
  const { scroller, onScroll, ...inSight } = useFixedRows(calls.length, rowHeight, at);
  const { from, to } = calls.length <= fewRows ? { from: 0, to: calls.length } : inSight;
  return (
    <div
      className="clew-scroll clew-pressure-table"
      role="region"
      aria-label="Tokens by call"
      tabIndex={0}
      ref={scroller}
      onScroll={onScroll}
    >
      <table className="clew-table" aria-rowcount={calls.length + 1}>
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
          <Space rows={from} />
          {calls.slice(from, to).map((call, index) => (
            <tr key={call.id} aria-selected={call.id === selected} aria-rowindex={from + index + 2}>
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
          <Space rows={calls.length - to} />
        </tbody>
      </table>
    </div>
  );
}

/** In the place of rows that are out of sight. */
function Space({ rows }: { readonly rows: number }): ReactNode {
  if (rows === 0) return null;
  return (
    <tr aria-hidden="true" style={{ height: rows * rowHeight }}>
      <td />
    </tr>
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
