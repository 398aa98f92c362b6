import type { Replay } from './replay-session.ts';

type Weighed = Pick<Replay, 'sentTokens' | 'retention'>;

/** Those that no other beats in tokens and in retention: what is left to choose from. */
export function paretoFront<TReplay extends Weighed>(replays: readonly TReplay[]): readonly TReplay[] {
  return replays.filter((one) => !replays.some((other) => isBetter(other, one)));
}

function isBetter(left: Weighed, right: Weighed): boolean {
  const isNoWorse = left.sentTokens <= right.sentTokens && left.retention >= right.retention;
  return isNoWorse && (left.sentTokens < right.sentTokens || left.retention > right.retention);
}
