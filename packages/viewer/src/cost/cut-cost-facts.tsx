import type { CutCost } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Tokens } from '../tokens.tsx';
import { breakEvenWords, moneyOf, withoutPrices } from './cost-words.ts';

/** What one compaction cost and has brought so far, in figures; words where there are no prices. */
export function CutCostFacts({ cost }: { readonly cost: CutCost | undefined }): ReactNode {
  if (cost === undefined || (cost.rewrittenTokens === undefined && cost.currency === undefined)) return null;
  const { before, after, summary, savedPerCall, rewrittenTokens, net } = cost;
  const figures: readonly (readonly [string, ReactNode])[] = [
    ['Read anew because of it', <Tokens key="tokens" count={rewrittenTokens} basis="estimate" />],
    ['Calls since', cost.callsSince],
    ...(cost.currency === undefined
      ? []
      : ([
          ['Its call, before → sent', `${moneyOf(cost, before)} → ${moneyOf(cost, after)}`],
          ['Summariser', summary === undefined ? 'none, or unknown' : moneyOf(cost, summary)],
          ['Saved by each later call', moneyOf(cost, savedPerCall)],
          ['Pays for itself', breakEvenWords(cost)],
          ['Net so far', moneyOf(cost, net, true)],
        ] as const)),
  ];
  return (
    <>
      <dl className="clew-facts" aria-label="Cost of this compaction">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {cost.currency === undefined ? <p className="clew-muted clew-small">{withoutPrices}</p> : null}
    </>
  );
}
