import type { Call } from '@clew/trace-model';

/** A session's pressure in a thumbnail: the fullest prompt of each stretch of calls, as a share of `top`. */
export type Curve = {
  readonly points: readonly number[];
  /** Where compaction fires, on the same scale; absent where it was not told. */
  readonly trigger?: number;
};

const maxPoints = 64;

/** `undefined` where no call tells its size. The window is the top where it is known, else the fullest prompt. */
export function curveOf(calls: readonly Call[]): Curve | undefined {
  const sizes = calls.flatMap(({ before }) => before?.tokens ?? []);
  if (sizes.length === 0) return undefined;
  const window = calls.findLast((call) => call.window !== undefined)?.window;
  const top = Math.max(window?.limit ?? 0, ...stretches(sizes), 1);
  const points = stretches(sizes).map((tokens) => round(tokens / top));
  return window?.trigger === undefined ? { points } : { points, trigger: round(window.trigger / top) };
}

function stretches(sizes: readonly number[]): readonly number[] {
  const count = Math.min(maxPoints, sizes.length);
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * sizes.length) / count);
    const to = Math.floor(((at + 1) * sizes.length) / count);
    return sizes.slice(from, to).reduce((most, tokens) => Math.max(most, tokens), 0);
  });
}

function round(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
