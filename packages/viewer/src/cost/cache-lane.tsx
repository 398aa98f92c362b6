import type { SessionCache } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { frame } from '../pressure/frame.ts';
import { plural } from '../words.ts';
import type { CacheStretch } from './cache-stretches.ts';
import { cacheReason, stateWords } from './cache-words.ts';

/** What the provider's cache held at each call, on the same axis as the pressure above it. */
export function CacheLane({
  stretches,
  cache,
  calls,
}: {
  readonly stretches: readonly CacheStretch[];
  readonly cache: SessionCache;
  readonly calls: number;
}): ReactNode {
  return (
    <div
      className="clew-cache-lane"
      role="img"
      aria-label={laneName(cache)}
      style={{ marginLeft: frame.left, marginRight: frame.right }}
    >
      {stretches.map((stretch, at) => (
        <i
          key={stretch.from}
          className={`clew-cache-${stretch.cache?.state ?? 'unrecorded'}${isNewEpoch(stretch, stretches[at - 1]) ? ' clew-epoch' : ''}`}
          style={{ flexGrow: stretch.to - stretch.from + 1 }}
          title={stretchName(stretch)}
        >
          {stretch.cache !== undefined && (stretch.to - stretch.from + 1) / calls > 0.1 ? (
            <span>{stretch.cache.epoch}</span>
          ) : null}
        </i>
      ))}
    </div>
  );
}

function stretchName({ from, to, cache }: CacheStretch): string {
  const where = from === to ? `call ${from}` : `calls ${from} to ${to}`;
  if (cache === undefined) return `${where}: not recorded`;
  return `${where}: ${stateWords[cache.state].toLowerCase()}, ${cacheReason(cache.reason)}; epoch ${cache.epoch}`;
}

function laneName({ warm, cold, unknown, unrecorded, epochs }: SessionCache): string {
  const rest = unrecorded === 0 ? '' : `, not recorded at ${unrecorded}`;
  return `Cache by call: warm at ${warm}, cold at ${cold}, unknown at ${unknown}${rest}; ${plural(epochs, 'epoch')}`;
}

function isNewEpoch({ cache }: CacheStretch, before: CacheStretch | undefined): boolean {
  return cache !== undefined && before?.cache !== undefined && before.cache.epoch !== cache.epoch;
}
