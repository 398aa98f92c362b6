import type { LaneBar } from './lane-bars.ts';

/** Lanes are drawn in a box of this size, stretched to their place. */
export const laneBox = { width: 1_000, height: 100 } as const;

/** What a layer holds of a bar, as the share of the lane's height from below: where it begins, and where it ends. */
export type Extent = readonly [from: number, to: number] | undefined;

/** One path for all bars of a layer: a few hundred bars cost one element. */
export function lanePath(bars: readonly LaneBar[], extentOf: (bar: LaneBar) => Extent): string {
  return bars
    .map((bar) => {
      const extent = extentOf(bar);
      if (extent === undefined || extent[1] <= extent[0]) return '';
      const left = round(bar.left * laneBox.width);
      const right = round((bar.left + bar.width) * laneBox.width);
      const top = round((1 - extent[1]) * laneBox.height);
      const bottom = round((1 - extent[0]) * laneBox.height);
      return `M${left} ${bottom}V${top}H${right}V${bottom}Z`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
