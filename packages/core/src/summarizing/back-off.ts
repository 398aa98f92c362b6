const baseMillis = 500;
const capMillis = 8000;

/**
 * How long to wait before a retry: anything up to a limit that doubles ("full jitter"), so that many agents that
 * failed together do not come back together. What the provider asked for is the floor.
 *
 * @param retry 0 for the first
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function backOffMillis(retry: number, random: number, floorMillis = 0): number {
  return Math.round(floorMillis + random * Math.min(capMillis, baseMillis * 2 ** retry));
}
