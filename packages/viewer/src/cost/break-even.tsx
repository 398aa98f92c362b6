import type { CutCost } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { cutTitle } from '../cut/cut-words.ts';
import { formatMoney } from '../format/money.ts';
import { plural } from '../words.ts';
import { NetChart } from './net-chart.tsx';
import { netCurve, netSteps, type FallStep, type NetCurve } from './net-curve.ts';

/** Whether a compaction has paid for itself: how its net comes about, and how it goes on. */
export function BreakEven({ cost }: { readonly cost: CutCost }): ReactNode {
  const curve = netCurve(cost);
  const steps = netSteps(cost);
  if (curve === undefined || steps === undefined) return null;
  const { currency } = curve;
  return (
    <section className="clew-panel" aria-label="Break-even">
      <div className="clew-panel-head">
        <h2>
          Did it pay? <span className="clew-muted">{cutTitle(cost.cut)}</span>
        </h2>
      </div>
      <p>
        {payWords(curve, cost.callsSince)} Net so far{' '}
        <strong>{formatMoney(cost.net ?? 0, currency, true)}</strong> over{' '}
        {plural(cost.callsSince, 'further call')}, at {formatMoney(curve.savedPerCall, currency, true)} a
        call.
      </p>
      <Fall steps={steps} currency={currency} net={cost.net ?? 0} />
      <NetChart curve={curve} />
      <p className="clew-muted clew-small">
        By the prices in the configuration, and for as long as the prompt stays as it was cut. What was freed
        is worth what the provider would have asked for it: the price of the cache while the cache was warm.
      </p>
    </section>
  );
}

function Fall({
  steps,
  currency,
  net,
}: {
  readonly steps: readonly FallStep[];
  readonly currency: string;
  readonly net: number;
}): ReactNode {
  const ends = [0, ...steps.map(({ to }) => to)];
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const rows: readonly FallStep[] = [...steps, { name: 'Net so far', amount: net, from: 0, to: net }];
  return (
    <div className="clew-scroll" role="region" aria-label="How the net comes about" tabIndex={0}>
      <table className="clew-table clew-plain clew-fall-table">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" className="clew-fall-cell">
              <span className="clew-visually-hidden">Drawn</span>
            </th>
            <th scope="col" className="clew-right">
              Adds
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, amount, from, to }) => (
            <tr key={name}>
              <th scope="row" className="clew-nowrap">
                {name}
              </th>
              <td className="clew-fall-cell">
                <span className="clew-fall-bar" aria-hidden="true">
                  <i
                    className={`clew-tone-${amount < 0 ? 'bad' : 'good'}`}
                    style={{
                      left: `${((Math.min(from, to) - low) / span) * 100}%`,
                      width: `${(Math.abs(to - from) / span) * 100}%`,
                    }}
                  />
                </span>
              </td>
              <td className="clew-right">{formatMoney(amount, currency, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function payWords({ breakEven }: NetCurve, callsSince: number): string {
  if (breakEven === undefined) return 'It never pays for itself: no later call is cheaper.';
  if (breakEven === 0) return 'It paid for itself at once.';
  const after = `after ${plural(breakEven, 'further call')}`;
  return callsSince >= breakEven ? `It paid for itself ${after}.` : `It pays for itself ${after}.`;
}
