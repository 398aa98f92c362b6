import type { ReactNode } from 'react';
import { Tokens } from '../tokens.tsx';
import type { CacheStretch } from './cache-stretches.ts';
import { cacheReason, stateWords } from './cache-words.ts';

/** The lane in numbers: a row for each stretch of calls. */
export function CacheTable({ stretches }: { readonly stretches: readonly CacheStretch[] }): ReactNode {
  return (
    <div className="clew-scroll clew-cache-rows" role="region" aria-label="Cache by call" tabIndex={0}>
      <table className="clew-table clew-plain">
        <caption className="clew-visually-hidden">What the provider’s cache held, by call</caption>
        <thead>
          <tr>
            <th scope="col">Calls</th>
            <th scope="col">Cache</th>
            <th scope="col" className="clew-right">
              Epoch
            </th>
            <th scope="col" className="clew-right">
              Stands
            </th>
            <th scope="col" className="clew-right">
              Read anew
            </th>
          </tr>
        </thead>
        <tbody>
          {stretches.map(({ from, to, cache, prefixTokens, rewrittenTokens }) => (
            <tr key={from}>
              <th scope="row" className="clew-nowrap">
                {from === to ? from : `${from} to ${to}`}
              </th>
              <td>
                <span className="clew-key">
                  <i className={`clew-swatch clew-cache-${cache?.state ?? 'unrecorded'}`} />
                  {cache === undefined ? 'Not recorded' : stateWords[cache.state]}
                </span>{' '}
                {cache === undefined ? null : (
                  <span className="clew-muted clew-small">{cacheReason(cache.reason)}</span>
                )}
              </td>
              <td className="clew-right">{cache?.epoch}</td>
              <td className="clew-right">
                {prefixTokens === undefined ? null : <Tokens count={prefixTokens} basis="estimate" />}
              </td>
              <td className="clew-right">
                {rewrittenTokens ? <Tokens count={rewrittenTokens} basis="estimate" /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
