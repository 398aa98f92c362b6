import type { Call, CategoryTokens } from '@clew/trace-model';
import { callAxis, domainOf, edgesOf, rangeOf, type Axis } from './axis.ts';
import { decimate } from './decimate.ts';
import type { Unit } from './unit.ts';

/**
 * One step of the pressure curve, in tokens or as a share of the window. A call reaches from edge to edge of its axis; a cut
 * lies in its middle, so that what was there before it can be seen.
 */
export type PressurePoint = {
  readonly x: number;
  readonly size: number;
  readonly parts: CategoryTokens;
  readonly limit?: number;
  /** What a prompt may fill: the limit less the reserve. */
  readonly usable?: number;
  readonly trigger?: number;
  readonly target?: number;
  /** Whether the point must stay when points are left out. */
  readonly isEdge: boolean;
};

/** More points than this are slow to draw and too narrow to see; part of a session can be drawn out instead. */
const maxPoints = 300;

type Drawing = { readonly axis: Axis; readonly unit?: Unit; readonly max?: number };

/** The curve over the calls of an axis, at most `max` points: left out are only points between edges. */
export function pressurePoints(calls: readonly Call[], drawing: Drawing): readonly PressurePoint[] {
  const { axis, unit = 'tokens', max = maxPoints } = drawing;
  const points = calls
    .slice(axis.from - 1, axis.to)
    .flatMap((call) => pointsOf(call, edgesOf(axis, call.position), unit));
  const last = points.at(-1);
  if (last === undefined) return [];
  return [...decimate(points, max - 1), { ...last, x: domainOf(axis)[1], isEdge: true }];
}

/** The curve over all calls, each as wide as the others: for a thumbnail. */
export function wholeCurve(calls: readonly Call[], max: number): readonly PressurePoint[] {
  return pressurePoints(calls, { axis: callAxis(rangeOf(calls.length, {})), max });
}

function pointsOf(
  call: Call,
  [left, right]: readonly [number, number],
  unit: Unit,
): readonly PressurePoint[] {
  const { before, after, window } = call;
  // Without a limit there is no share of it.
  const divisor = unit === 'tokens' ? 1 : window?.limit;
  if (before === undefined || !divisor) return [];
  const isCut = after !== undefined && after.tokens !== before.tokens;
  const from = {
    ...linesOf(call, divisor),
    x: left,
    size: before.tokens / divisor,
    parts: partsOf(before, divisor),
    isEdge: isCut,
  };
  if (!isCut) return [from];
  return [
    from,
    { ...from, x: (left + right) / 2, size: after.tokens / divisor, parts: partsOf(after, divisor) },
  ];
}

/** A size whose parts are not known is drawn all the same. */
function partsOf(
  { tokens, categories }: { tokens: number; categories: CategoryTokens },
  divisor: number,
): CategoryTokens {
  if (Object.keys(categories).length === 0) return { other: tokens / divisor };
  if (divisor === 1) return categories;
  return Object.fromEntries(Object.entries(categories).map(([name, size]) => [name, size / divisor]));
}

function linesOf(
  { window }: Call,
  divisor: number,
): Pick<PressurePoint, 'limit' | 'usable' | 'trigger' | 'target'> {
  if (window === undefined) return {};
  const { limit, reserve, trigger, target } = window;
  return {
    limit: limit / divisor,
    ...(reserve !== undefined && { usable: (limit - reserve) / divisor }),
    ...(trigger !== undefined && { trigger: trigger / divisor }),
    ...(target !== undefined && { target: target / divisor }),
  };
}
