import type { ReactNode } from 'react';
import type { Curve } from './curve.ts';

const width = 120;
const height = 26;

/** A curve in a thumbnail, below the line of its trigger. The numbers stand beside it. */
export function CurveThumb({ curve }: { readonly curve: Curve }): ReactNode {
  const { points, trigger } = curve;
  const y = (share: number): number => Math.round((height - share * (height - 2)) * 10) / 10;
  const x = (at: number): number => Math.round((at / points.length) * width * 10) / 10;
  const steps = points.map((share, at) => `V${y(share)}H${x(at + 1)}`).join('');
  return (
    <svg
      className="clew-sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="clew-sparkline-area" d={`M0 ${height}${steps}V${height}Z`} />
      <path className="clew-sparkline-curve" d={`M0 ${y(points[0] ?? 0)}${steps}`} />
      {trigger === undefined ? null : (
        <path className="clew-sparkline-trigger" d={`M0 ${y(trigger)}H${width}`} />
      )}
    </svg>
  );
}
