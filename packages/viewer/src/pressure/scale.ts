import type { Unit } from './unit.ts';
import type { PressurePoint } from './pressure-points.ts';

/** How high the curve reaches in its frame: up to `top`, in the unit. */
export type Scale = { readonly unit: Unit; readonly top: number; readonly ticks: readonly number[] };

/** A scale with round ticks that holds every size and every line. */
export function scaleFor(points: readonly PressurePoint[], unit: Unit): Scale {
  const least = unit === 'tokens' ? 1 : 0.01;
  const highest = points.reduce((max, point) => Math.max(max, point.size, point.limit ?? 0), least);
  const step = Math.max(least, roundStep(highest / 4));
  const top = highest * 1.04;
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
  return { unit, top, ticks };
}

/** From 0 at the bottom to 1 at the top. */
export function up(scale: Scale, size: number): number {
  return size / scale.top;
}

function roundStep(rough: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const fitting = [1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10;
  return fitting * magnitude;
}
