import type { ReactNode } from 'react';
import { Glyph } from '../glyph.tsx';
import type { EvaluatedRule } from './evaluate-rules.ts';

/** Every rule that had a say, with its operands and whether it held. */
export function RulesTable({ rules }: { readonly rules: readonly EvaluatedRule[] }): ReactNode {
  return (
    <table className="clew-table clew-plain clew-rules">
      <caption className="clew-visually-hidden">The rules of the policy, evaluated</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Evaluated</th>
          <th scope="col">Holds</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.name}>
            <th scope="row">{rule.name}</th>
            <td>
              {rule.expression}
              {rule.note === undefined ? null : <span className="clew-muted"> · {rule.note}</span>}
            </td>
            <td className="clew-nowrap">
              <Held rule={rule} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Held({ rule: { holds, effect } }: { readonly rule: EvaluatedRule }): ReactNode {
  if (holds === undefined) return <span className="clew-unknown">not told</span>;
  if (!holds) return <span className="clew-muted">no</span>;
  return (
    <span className={`clew-net ${effect === 'compact' ? 'clew-tone-good' : 'clew-tone-warn'}`}>
      <Glyph name={effect === 'compact' ? 'check' : 'pause'} /> {effect}
    </span>
  );
}
