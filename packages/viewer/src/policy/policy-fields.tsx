import type { ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { plural } from '../words.ts';
import { fieldWords, type Decision } from './policy-field.ts';

/** The four quantities of the window, each for itself, and the whole policy as it was. */
export function PolicyFields({
  decision: { policy, window, kept },
}: {
  readonly decision: Decision;
}): ReactNode {
  const fields = Object.entries(policy).toSorted(([a], [b]) => a.localeCompare(b));
  const quantities: readonly (readonly [string, string])[] = [
    ['Window', `${formatCount(window.limit)} tokens`],
    ['Reserve', `${formatCount(window.reserve)}, never used`],
    ['Trigger', formatCount(window.trigger)],
    ['Target', formatCount(window.target)],
    ...(kept === undefined
      ? []
      : ([
          [
            'Keeps at least',
            `${formatCount(kept.pinned)} pinned, ${plural(kept.recent_turns, 'turn')}, ${plural(kept.tool_pairs, 'tool pair')}`,
          ],
        ] as const)),
  ];
  return (
    <>
      <dl className="clew-facts" aria-label="The window at this decision">
        {quantities.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="clew-tabular">{value}</dd>
          </div>
        ))}
      </dl>
      <details className="clew-more-rows">
        <summary>The whole policy, {plural(fields.length, 'field')}</summary>
        <table className="clew-table clew-plain">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(([field, value]) => (
              <tr key={field}>
                <th scope="row">
                  <code>{field}</code>
                </th>
                <td className="clew-value">{fieldWords(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
