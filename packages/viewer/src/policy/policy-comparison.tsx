import type { Run, Session } from '@clew/trace-model';
import { useState, type ReactNode } from 'react';
import { plural } from '../words.ts';
import { policyDifferences } from './policy-differences.ts';

/** What differs between the policies, and windows, of two decisions of a session. */
export function PolicyComparison({
  session,
  runs,
  run,
}: {
  readonly session: Session;
  readonly runs: readonly Run[];
  /** The decision that is looked at: it is compared with the first one, until another is chosen. */
  readonly run: Run;
}): ReactNode {
  const [fromId, setFrom] = useState(runs[0]?.id);
  const [toId, setTo] = useState(run.id);
  const [from, to] = [fromId, toId].map((id) => runs.find((one) => one.id === id)?.decision);
  if (from === undefined || to === undefined || runs.length < 2) return null;
  const positions = new Map(session.calls.map(({ id, position }) => [id, position]));
  const changes = changesOf(runs);
  const differences = policyDifferences(from, to);
  const select = (name: string, value: string | undefined, onChange: (id: string) => void): ReactNode => (
    <select
      className="clew-field"
      aria-label={name}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {runs.map(({ id, decision, callIndex }) => (
        <option key={id} value={id}>
          Call {positions.get(id) ?? callIndex}
          {decision?.triggered === true ? ', compacts' : ''}
        </option>
      ))}
    </select>
  );
  return (
    <section className="clew-panel" aria-label="Policies compared">
      <header className="clew-panel-head">
        <h2>Two policies compared</h2>
        <span className="clew-fields">
          {select('From', fromId, setFrom)}
          {select('To', toId, setTo)}
        </span>
      </header>
      <p className="clew-muted">
        {changes.length === 0
          ? `The policy and the window were the same at all ${runs.length} decisions.`
          : `Over the session they changed at ${plural(changes.length, 'call')}: ${changes
              .slice(0, 12)
              .map(({ id, callIndex }) => positions.get(id) ?? callIndex)
              .join(', ')}${changes.length > 12 ? ' and more' : ''}.`}
      </p>
      {differences.length === 0 ? (
        <p className="clew-hidden">These two decisions were made by the same policy, in the same window.</p>
      ) : (
        <table className="clew-table clew-plain">
          <caption className="clew-visually-hidden">What differs between the two policies</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={difference.field}>
                <th scope="row">
                  <code>{difference.field}</code>
                </th>
                <td className="clew-value">{difference.from}</td>
                <td className="clew-value">{difference.to}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Decisions whose policy or window is not that of the one before. */
function changesOf(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run, at) => {
    const [before, now] = [runs[at - 1]?.decision, run.decision];
    return before !== undefined && now !== undefined && policyDifferences(before, now).length > 0;
  });
}
