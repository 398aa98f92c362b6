import type { ReactNode } from 'react';
import { formatDuration } from '../format/time.ts';
import { bandOf, isShown, type Axis } from './axis.ts';

/** Where the axis leaves idle time out, and how much. */
export function GapMarks({ axis }: { readonly axis: Axis }): ReactNode {
  return axis.gaps
    .filter(({ before }) => isShown(axis, before))
    .map(({ before, millis }) => (
      <i
        key={before}
        className="clew-gap"
        style={{ left: `${bandOf(axis, before).left * 100}%` }}
        title={`${formatDuration(millis)} without a call, drawn shorter`}
      >
        {axis.gaps.length <= 8 ? formatDuration(millis) : null}
      </i>
    ));
}
