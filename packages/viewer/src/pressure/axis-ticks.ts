import type { Call } from '@clew/trace-model';
import { formatClock, formatHour } from '../format/time.ts';
import { callAt, domainOf, edgesOf, type Axis } from './axis.ts';

export type Tick = { readonly at: number; readonly label: string };

/** About eight marks along the axis: calls by number, or the time of day. */
export function axisTicks(axis: Axis, calls: readonly Call[]): readonly Tick[] {
  return axis.kind === 'call' ? callTicks(axis) : timeTicks(axis, calls);
}

/** Whole calls at a round distance. */
function callTicks({ from, to }: Axis): readonly Tick[] {
  const count = to - from + 1;
  const step =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].find((size) => count / size <= 9) ?? Math.ceil(count / 9);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => ({
    at: first + index * step,
    label: String(first + index * step),
  }));
}

/** The time of day at which calls began, in the reader's zone, so that a pause that is drawn short still shows. */
function timeTicks(axis: Axis, calls: readonly Call[]): readonly Tick[] {
  const [start, end] = domainOf(axis);
  const format = end - start < 20 * 60_000 ? formatClock : formatHour;
  const positions = new Set(Array.from({ length: 6 }, (_, index) => callAt(axis, (index + 0.5) / 6)));
  return [...positions].flatMap((position) => {
    const time = calls[position - 1]?.start;
    return time === undefined ? [] : [{ at: edgesOf(axis, position)[0], label: format(time) }];
  });
}
