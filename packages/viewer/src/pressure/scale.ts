import type { PressurePoint } from './pressure-points.ts';

/** Where the curve lies in its frame: the number of calls across, and tokens up to `top`. */
export type Scale = { readonly calls: number; readonly top: number; readonly ticks: readonly number[] };

/** A scale with round ticks that holds every size and every line. */
export function scaleFor(points: readonly PressurePoint[], calls: number): Scale {
  const highest = points.reduce((max, point) => Math.max(max, point.tokens, point.limit ?? 0), 1);
  const step = roundStep(highest / 4);
  const top = Math.max(highest * 1.04, 1);
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
  return { calls: Math.max(calls, 1), top, ticks };
}

/** From 0 at the left edge to 1 at the right; a whole number is the middle of its call. */
export function across(scale: Scale, position: number): number {
  return (position - 0.5) / scale.calls;
}

/** From 0 at the bottom to 1 at the top. */
export function up(scale: Scale, tokens: number): number {
  return tokens / scale.top;
}

/** The call at a place from 0 to 1 across. */
export function callAt(scale: Scale, place: number): number {
  return Math.min(scale.calls, Math.max(1, Math.floor(place * scale.calls) + 1));
}

function roundStep(rough: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const fitting = [1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10;
  return Math.max(1, fitting * magnitude);
}
