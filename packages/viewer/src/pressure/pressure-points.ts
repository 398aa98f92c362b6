import type { Call, CategoryTokens } from '@clew/trace-model';
import { decimate } from './decimate.ts';

/**
 * One step of the pressure curve, in tokens. Call `n` reaches from `n - 0.5` to `n + 0.5`; a cut lies at `n`, so
 * that what was there before it can be seen.
 */
export type PressurePoint = {
  readonly x: number;
  readonly tokens: number;
  readonly parts: CategoryTokens;
  readonly limit?: number;
  /** What a prompt may fill: the limit less the reserve. */
  readonly usable?: number;
  readonly trigger?: number;
  readonly target?: number;
  /** Whether the point must stay when points are left out. */
  readonly isEdge: boolean;
};

/** More points than this are slow to draw and too narrow to see. */
const maxPoints = 500;

/** The curve over a session's calls, at most `max` points: left out are only points between edges. */
export function pressurePoints(calls: readonly Call[], max: number = maxPoints): readonly PressurePoint[] {
  const points = calls.flatMap(pointsOf);
  const last = points.at(-1);
  if (last === undefined) return [];
  return [
    ...decimate(points, max - 1),
    { ...last, x: (calls.at(-1)?.position ?? last.x) + 0.5, isEdge: true },
  ];
}

function pointsOf(call: Call): readonly PressurePoint[] {
  const { before, after, position } = call;
  if (before === undefined) return [];
  const isCut = after !== undefined && after.tokens !== before.tokens;
  const from = {
    ...lines(call),
    x: position - 0.5,
    tokens: before.tokens,
    parts: partsOf(before),
    isEdge: isCut,
  };
  return isCut ? [from, { ...from, x: position, tokens: after.tokens, parts: partsOf(after) }] : [from];
}

/** A size whose parts are not known is drawn all the same. */
function partsOf({ tokens, categories }: { tokens: number; categories: CategoryTokens }): CategoryTokens {
  return Object.keys(categories).length === 0 ? { other: tokens } : categories;
}

function lines({ window }: Call): Pick<PressurePoint, 'limit' | 'usable' | 'trigger' | 'target'> {
  if (window === undefined) return {};
  const { limit, reserve, trigger, target } = window;
  return {
    limit,
    ...(reserve !== undefined && { usable: limit - reserve }),
    ...(trigger !== undefined && { trigger }),
    ...(target !== undefined && { target }),
  };
}
