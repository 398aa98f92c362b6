import type { Window } from '../result.ts';
import { reclaimedRatio } from './thrash-history.ts';
import type { PastCompaction, ThrashLimits } from './thrash-history.ts';
import { thrashSignals } from './thrashing.ts';
import type { Thrash, ThrashSignal } from './thrashing.ts';

export type ThrashFacts = {
  /** The number of this preflight. */
  readonly call: number;
  readonly window: Window;
  readonly limits: ThrashLimits;
};

/** The context was full again this many calls after a compaction: at once. */
const quickCalls = 1;

/**
 * Whether the compactions of a session have stopped to help. Pure: a compaction is due now, and these were made.
 *
 * `frequent`: as many as are allowed in the window of calls. `quick_refill`: the last two were each full again at the
 * next call. `small_reclaim`: the last two each freed little. `floor`: the last one left the context above the
 * trigger, so that what stays is too much by itself.
 *
 * @returns `undefined` where nothing speaks against compacting
 */
export function detectThrash(
  history: readonly PastCompaction[],
  { call, window, limits }: ThrashFacts,
): Thrash | undefined {
  const recent = history.filter((past) => past.call > call - limits.calls);
  const last = recent.at(-1);
  if (last === undefined) return undefined;
  const lastTwo = recent.slice(-2);
  const gaps = [...lastTwo.map((past) => past.call), call]
    .map((at, index, all) => at - (all[index - 1] ?? Number.NEGATIVE_INFINITY))
    .slice(1);
  const isPair = lastTwo.length === 2;
  const signs: Record<ThrashSignal, boolean> = {
    frequent: recent.length >= limits.compactions,
    quick_refill: isPair && gaps.every((gap) => gap <= quickCalls),
    small_reclaim: isPair && lastTwo.every((past) => reclaimedRatio(past) < limits.minReclaimRatio),
    floor: last.after >= window.triggerTokens,
  };
  const signals = thrashSignals.filter((signal) => signs[signal]);
  if (signals.length === 0) return undefined;
  const first = recent[0] ?? last;
  return { signals, compactions: recent.length, calls: call - first.call + 1 };
}
