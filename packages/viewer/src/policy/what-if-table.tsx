import type { ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Tokens } from '../tokens.tsx';
import type { Simulation } from './simulate-policy.ts';

const figures = [
  ['Compactions', (of: Simulation) => formatCount(of.cuts)],
  ['Due, and nothing to gain', (of: Simulation) => formatCount(of.futile)],
  ['Tokens sent, over all calls', (of: Simulation) => <Tokens key="sent" count={of.sent} />],
  ['Fullest prompt', (of: Simulation) => <Tokens key="peak" count={of.peak} />],
  ['Calls over the budget', (of: Simulation) => formatCount(of.over)],
] as const satisfies readonly (readonly [string, (of: Simulation) => ReactNode])[];

/** Rows of the curve in numbers; of more calls, those with a compaction. */
const maxRows = 400;

/**
 * What the curves come to. `baseline` is the recorded policy, simulated the same way: it tells how much of the difference is
 * the simulation's own.
 */
export function WhatIfTable({
  recorded,
  simulated,
  baseline,
}: {
  readonly recorded: Simulation;
  readonly simulated: Simulation;
  readonly baseline: Simulation | undefined;
}): ReactNode {
  const columns = [
    ['Recorded', recorded] as const,
    ...(baseline === undefined ? [] : [['Simulated as recorded', baseline] as const]),
    [baseline === undefined ? 'Simulated as recorded' : 'Simulated', simulated] as const,
  ];
  return (
    <>
      <div className="clew-scroll" role="region" aria-label="What the simulation comes to" tabIndex={0}>
        <table className="clew-table clew-plain clew-wrapped">
          <caption className="clew-visually-hidden">Recorded and simulated</caption>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              {columns.map(([name]) => (
                <th key={name} scope="col" className="clew-right">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.map(([name, figureOf]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {columns.map(([column, of]) => (
                  <td key={column} className="clew-right">
                    {figureOf(of)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Curve recorded={recorded} simulated={simulated} />
    </>
  );
}

function Curve({
  recorded,
  simulated,
}: {
  readonly recorded: Simulation;
  readonly simulated: Simulation;
}): ReactNode {
  const pairs = simulated.calls.flatMap((call, at) => {
    const was = recorded.calls[at];
    return was === undefined ? [] : [{ call, was }];
  });
  const shown =
    pairs.length <= maxRows
      ? pairs
      : pairs.filter(({ call, was }) => call.isCut || was.isCut).slice(0, maxRows);
  return (
    <details className="clew-more-rows">
      <summary>The curves in numbers{shown.length < pairs.length ? ', where either compacts' : ''}</summary>
      <div
        className="clew-scroll clew-cache-rows"
        role="region"
        aria-label="The curves in numbers"
        tabIndex={0}
      >
        <table className="clew-table clew-plain">
          <thead>
            <tr>
              <th scope="col">Call</th>
              <th scope="col" className="clew-right">
                Recorded
              </th>
              <th scope="col" className="clew-right">
                Simulated
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ call, was }) => (
              <tr key={call.position}>
                <th scope="row">{call.position}</th>
                <td className="clew-right">{sizes(was)}</td>
                <td className="clew-right">{sizes(call)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function sizes({ before, after, isCut }: Simulation['calls'][number]): ReactNode {
  return isCut ? (
    <>
      <Tokens count={before} /> → <Tokens count={after} />
    </>
  ) : (
    <Tokens count={after} />
  );
}
