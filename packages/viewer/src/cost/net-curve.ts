import type { CutCost } from '@clew/trace-model';

/** What a compaction has brought after some further calls; below 0 while it has not paid for itself. */
export type NetPoint = { readonly calls: number; readonly net: number };

export type NetCurve = {
  readonly currency: string;
  /** Before any further call: what its own call saved, less the summariser. */
  readonly start: number;
  readonly savedPerCall: number;
  /** Up to the calls that there were. */
  readonly known: readonly [NetPoint, NetPoint];
  /** On from there, if the session goes on as it is: until it pays for itself, or half as far again. */
  readonly ahead: readonly [NetPoint, NetPoint] | undefined;
  /** The first call after which it has paid for itself; absent where none ever does. */
  readonly breakEven?: number;
};

/** The straight line of a compaction's net. `undefined` where any part of it is not known: nothing is taken for free. */
export function netCurve(cost: CutCost): NetCurve | undefined {
  const { currency, savedPerCall, net, callsSince } = cost;
  if (currency === undefined || savedPerCall === undefined || net === undefined) return undefined;
  const start = net - savedPerCall * callsSince;
  const at = (calls: number): NetPoint => ({ calls, net: start + savedPerCall * calls });
  // The engine's own number where it gave one: there must not be two.
  const breakEven = cost.breakEvenCalls ?? breakEvenOf(start, savedPerCall);
  const end = Math.max(Math.ceil(callsSince * 1.5), breakEven === undefined ? 0 : breakEven + 2, 4);
  return {
    currency,
    start,
    savedPerCall,
    known: [at(0), at(callsSince)],
    ahead: end > callsSince ? [at(callsSince), at(end)] : undefined,
    ...(breakEven !== undefined && { breakEven }),
  };
}

function breakEvenOf(start: number, savedPerCall: number): number | undefined {
  if (start >= 0) return 0;
  return savedPerCall > 0 ? Math.ceil(-start / savedPerCall) : undefined;
}

/** One step from nothing to the net: what it adds, and from where to where the sum goes. */
export type FallStep = {
  readonly name: string;
  readonly amount: number;
  readonly from: number;
  readonly to: number;
};

/** How a compaction's net comes about, part by part; the steps add up to it. */
export function netSteps(cost: CutCost): readonly FallStep[] | undefined {
  const { before, after, summary, savedPerCall, callsSince, net } = cost;
  if (before === undefined || after === undefined || savedPerCall === undefined || net === undefined) {
    return undefined;
  }
  const parts: readonly (readonly [string, number])[] = [
    ['Its own call', before - after],
    ['Summariser', -(summary ?? 0)],
    ['Later calls', savedPerCall * callsSince],
  ];
  let sum = 0;
  return parts.map(([name, amount]) => {
    const from = sum;
    sum += amount;
    return { name, amount, from, to: sum };
  });
}
