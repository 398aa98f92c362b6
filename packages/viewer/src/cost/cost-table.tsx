import type { CutCost } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { cutTitle } from '../cut/cut-words.ts';
import { Tokens } from '../tokens.tsx';
import { breakEvenWords, moneyOf } from './cost-words.ts';

/** What each compaction cost and has brought so far; tokens only where no prices are known. */
export function CostTable({
  cuts,
  isPriced,
  onSelect,
}: {
  readonly cuts: readonly CutCost[];
  readonly isPriced: boolean;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  return (
    <div className="clew-scroll clew-cut-rows" role="region" aria-label="Cost by compaction" tabIndex={0}>
      <table className="clew-table clew-plain">
        <caption className="clew-visually-hidden">What each compaction cost and saved</caption>
        <thead>
          <tr>
            <th scope="col">Compaction</th>
            <th scope="col" className="clew-right">
              Freed
            </th>
            <th scope="col" className="clew-right">
              Read anew
            </th>
            {isPriced ? <PriceHeads /> : null}
          </tr>
        </thead>
        <tbody>
          {cuts.map((cost) => (
            <tr key={cost.cut.id}>
              <th scope="row" className="clew-nowrap">
                <button type="button" className="clew-link" onClick={() => onSelect(cost.cut.id)}>
                  {cutTitle(cost.cut)}
                </button>
              </th>
              <td className="clew-right">
                <Tokens count={cost.cut.saved} basis={cost.cut.basis} />
              </td>
              <td className="clew-right">
                <Tokens count={cost.rewrittenTokens} basis="estimate" />
              </td>
              {isPriced ? <PriceCells cost={cost} /> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PriceHeads(): ReactNode {
  return (
    <>
      <th scope="col" className="clew-right">
        Its call, before → sent
      </th>
      <th scope="col" className="clew-right">
        Summariser
      </th>
      <th scope="col" className="clew-right">
        Saved a call
      </th>
      <th scope="col" className="clew-right">
        Pays for itself
      </th>
      <th scope="col" className="clew-right">
        Net so far
      </th>
    </>
  );
}

function PriceCells({ cost }: { readonly cost: CutCost }): ReactNode {
  const { before, after, summary, savedPerCall, net, isPaidBack } = cost;
  return (
    <>
      <td className="clew-right clew-nowrap">
        {moneyOf(cost, before)} → {moneyOf(cost, after)}
      </td>
      <td className="clew-right">{summaryOf(cost, summary)}</td>
      <td className="clew-right">{moneyOf(cost, savedPerCall)}</td>
      <td className="clew-right clew-nowrap">{breakEvenWords(cost)}</td>
      <td className={`clew-right clew-nowrap clew-net clew-tone-${isPaidBack === true ? 'good' : 'plain'}`}>
        {moneyOf(cost, net, true)}
      </td>
    </>
  );
}

/** Where no model wrote a summary there was nothing to pay. */
function summaryOf(cost: CutCost, summary: number | undefined): string {
  const { summary: made } = cost.cut;
  return summary === undefined && !(made?.isNew === true && made.method === 'model')
    ? 'none'
    : moneyOf(cost, summary);
}
