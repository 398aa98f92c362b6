import type { Call } from '@clew/trace-model';
import { memo, type ReactNode } from 'react';
import { wholeCurve } from './pressure/pressure-points.ts';

const width = 120;
const height = 28;

/** A session's pressure in a thumbnail: a step curve below the line of its trigger. */
export const Sparkline = memo(function Curve({ calls }: { readonly calls: readonly Call[] }): ReactNode {
  const points = wholeCurve(calls, 120);
  const first = points[0];
  if (first === undefined) return null;
  const top = points.reduce((max, point) => Math.max(max, point.size, point.limit ?? 0), 1);
  const x = (value: number): number => round(((value - 0.5) / calls.length) * width);
  const y = (tokens: number): number => round(height - (tokens / top) * (height - 2));
  const steps = points.map((point) => `H${x(point.x)}V${y(point.size)}`).join('');
  const trigger = points.findLast((point) => point.trigger !== undefined)?.trigger;
  return (
    <svg
      className="clew-sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="clew-sparkline-area" d={`M0 ${height}V${y(first.size)}${steps}V${height}Z`} />
      <path className="clew-sparkline-curve" d={`M0 ${y(first.size)}${steps}`} />
      {trigger === undefined ? null : (
        <path className="clew-sparkline-trigger" d={`M0 ${y(trigger)}H${width}`} />
      )}
    </svg>
  );
});

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
