import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Tokens } from '../tokens.tsx';
import { fateParts } from './fate-parts.ts';
import { partMeanings, partWords } from './part-words.ts';

/** The parts of the two bars in numbers; it doubles as their legend. */
export function FateTable({ cut }: { readonly cut: Cut }): ReactNode {
  const { count } = cut.run.record ?? {};
  return (
    <table className="clew-table clew-plain clew-fates">
      <caption className="clew-visually-hidden">Tokens by fate</caption>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col" className="clew-right">
            Items
          </th>
          <th scope="col" className="clew-right">
            Before
          </th>
          <th scope="col" className="clew-right">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {fateParts(cut).map(({ part, items, before, after }) => (
          <tr key={part}>
            <th scope="row">
              <span className="clew-key" title={partMeanings[part]}>
                <i className={`clew-swatch clew-part-${part}`} />
                {partWords[part]}
              </span>
            </th>
            <td className="clew-right">{items === undefined ? '' : formatCount(items)}</td>
            <td className="clew-right">
              {before === 0 && part === 'inserted' ? '' : <Tokens count={before} />}
            </td>
            <td className="clew-right">
              <Tokens count={after} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All</th>
          <td className="clew-right">
            {count === undefined ? '' : `${formatCount(count.before)} → ${formatCount(count.after)}`}
          </td>
          <td className="clew-right">
            <Tokens count={cut.before} basis={cut.basis} />
          </td>
          <td className="clew-right">
            <Tokens count={cut.after} basis={cut.basis} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
