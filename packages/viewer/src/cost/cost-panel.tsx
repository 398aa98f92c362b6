import { cacheOf, costOf, type Cut, type Session } from '@clew/trace-model';
import { useMemo, type ReactNode } from 'react';
import { Tokens } from '../tokens.tsx';
import { plural } from '../words.ts';
import { BreakEven } from './break-even.tsx';
import { CacheLane } from './cache-lane.tsx';
import { cacheStretches } from './cache-stretches.ts';
import { CacheTable } from './cache-table.tsx';
import { stateWords } from './cache-words.ts';
import { CostTable } from './cost-table.tsx';
import { withoutPrices } from './cost-words.ts';
import { MissLine } from './miss-line.tsx';

/** What the provider's cache held at each call, and what each compaction cost and saved. */
export function CostPanel({
  session,
  cut,
  onSelect,
}: {
  readonly session: Session;
  /** The compaction whose break-even is shown. */
  readonly cut?: Cut | undefined;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const { cache, cost, stretches } = useMemo(
    () => ({ cache: cacheOf(session), cost: costOf(session), stretches: cacheStretches(session.calls) }),
    [session],
  );
  if (cache.calls.length === 0 && !cost.isPriced) return <NothingTold />;
  const shown = cost.cuts.find((each) => each.cut.id === cut?.id) ?? cost.cuts.at(-1);
  return (
    <>
      {shown === undefined ? null : <BreakEven cost={shown} />}
      <section className="clew-panel" aria-label="Cache and cost">
        <header className="clew-panel-head">
          <h2>Cache and cost</h2>
        </header>
        <p className="clew-muted">
          Warm at {cache.warm} of {plural(session.calls.length, 'call')}, in {plural(cache.epochs, 'epoch')}.
          Compactions had <Tokens count={cache.rewrittenTokens} basis="estimate" /> tokens read anew.
        </p>
        <MissLine calls={session.calls} />
        <CacheLane stretches={stretches} cache={cache} calls={session.calls.length} />
        <ul className="clew-legend" aria-label="States of the cache">
          {(['warm', 'cold', 'unknown'] as const).map((state) => (
            <li key={state} className="clew-key">
              <i className={`clew-swatch clew-cache-${state}`} />
              {stateWords[state]} {cache[state]}
            </li>
          ))}
          {cache.unrecorded === 0 ? null : (
            <li className="clew-key">
              <i className="clew-swatch clew-cache-unrecorded" />
              Not recorded {cache.unrecorded}
            </li>
          )}
        </ul>
        <p className="clew-muted clew-small">
          A number is an epoch: calls that each went on from the prompt before. Tokens here are estimates.
        </p>
        <details className="clew-more-rows">
          <summary>The lane in numbers</summary>
          <CacheTable stretches={stretches} />
        </details>
        {cost.cuts.length === 0 ? null : (
          <CostTable cuts={cost.cuts} isPriced={cost.isPriced} onSelect={onSelect} />
        )}
        {cost.isPriced ? null : <p className="clew-note clew-plain-note">{withoutPrices}</p>}
      </section>
    </>
  );
}

function NothingTold(): ReactNode {
  return (
    <section className="clew-panel" aria-label="Cache and cost">
      <p className="clew-muted">
        Nothing was told of this session’s cache, nor of what its calls cost: its spans are of an older
        engine, or of another one.
      </p>
    </section>
  );
}
