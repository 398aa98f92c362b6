import type { ReactNode } from 'react';
import { formatMoney } from '../format/money.ts';
import { useWidth } from '../use-width.ts';
import { plural } from '../words.ts';
import type { NetCurve, NetPoint } from './net-curve.ts';

/** Room for words, in pixels. */
const box = { height: 150, left: 64, right: 12, top: 12, bottom: 24 } as const;

/** The net over further calls: solid as far as it is known, dotted on from there, crossing nothing where it pays. */
export function NetChart({ curve }: { readonly curve: NetCurve }): ReactNode {
  const { ref, width } = useWidth<HTMLDivElement>(600);
  const { known, ahead, breakEven, currency } = curve;
  const ends = [...known, ...(ahead ?? [])];
  const last = Math.max(1, ...ends.map(({ calls }) => calls));
  const nets = [0, ...ends.map(({ net }) => net)];
  const low = Math.min(...nets);
  const span = Math.max(...nets) - low || 1;
  const x = (calls: number): number => box.left + (calls / last) * (width - box.left - box.right);
  const y = (net: number): number =>
    box.height - box.bottom - ((net - low) / span) * (box.height - box.top - box.bottom);
  const path = ([from, to]: readonly [NetPoint, NetPoint]): string =>
    `M${x(from.calls)} ${y(from.net)}L${x(to.calls)} ${y(to.net)}`;
  const label = labelOf(curve);
  return (
    <div className="clew-net-frame" ref={ref}>
      <svg
        className="clew-net-chart"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${box.height}`}
        data-export="break-even"
      >
        <title>{label}</title>
        <path className="clew-net-zero" d={`M${box.left} ${y(0)}H${width - box.right}`} />
        <text x={box.left - 6} y={y(0) + 4} textAnchor="end">
          0
        </text>
        {ends.length === 0 ? null : (
          <text
            x={box.left - 6}
            y={Math.abs(y(known[0].net) - y(0)) < 12 ? y(0) - 12 : y(known[0].net) + 4}
            textAnchor="end"
          >
            {formatMoney(known[0].net, currency, true)}
          </text>
        )}
        <path className="clew-net-known" d={path(known)} />
        {ahead === undefined ? null : <path className="clew-net-ahead" d={path(ahead)} />}
        <circle className="clew-net-mark" cx={x(known[1].calls)} cy={y(known[1].net)} r="4.5" />
        <text
          x={x(known[1].calls)}
          y={box.height - 6}
          textAnchor={known[1].calls > last / 2 ? 'end' : 'start'}
        >
          now, {plural(known[1].calls, 'call')} on
        </text>
        {breakEven === undefined || breakEven === 0 || breakEven > last ? null : (
          <path className="clew-net-zero" d={`M${x(breakEven)} ${y(0) - 7}v14`} />
        )}
      </svg>
    </div>
  );
}

function labelOf({ known: [start, now], breakEven, currency }: NetCurve): string {
  const pays =
    breakEven === undefined
      ? 'it never pays for itself'
      : `it pays for itself after ${plural(breakEven, 'call')}`;
  return `Net by further calls: from ${formatMoney(start.net, currency, true)} to ${formatMoney(now.net, currency, true)} after ${plural(now.calls, 'call')}; ${pays}`;
}
