/** Room for the axes, in pixels: the chart draws within it, and the overlay lies over just what is left. */
export const frame = { left: 46, right: 18, top: 6, bottom: 26, height: 280 } as const;
