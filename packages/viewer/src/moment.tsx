import type { ReactNode } from 'react';
import { formatClock, formatMoment } from './format/time.ts';

/** A time of day in the reader's zone, with the whole date in its title. */
export function Moment({ time }: { readonly time: number }): ReactNode {
  return (
    <time className="clew-number" dateTime={new Date(time).toISOString()} title={formatMoment(time)}>
      {formatClock(time)}
    </time>
  );
}
