import type { Replay } from './replay-session.ts';

type Weighed = Pick<Replay, 'sentTokens' | 'retention' | 'cost'>;

/** Those that no other beats in cost (in tokens, where a cost is not known) and in retention: what is left to choose from. */
export function paretoFront<TReplay extends Weighed>(replays: readonly TReplay[]): readonly TReplay[] {
  return replays.filter((one) => !replays.some((other) => isBetter(other, one)));
}

function isBetter(left: Weighed, right: Weighed): boolean {
  const [spent, otherSpent] =
    left.cost === undefined || right.cost === undefined
      ? [left.sentTokens, right.sentTokens]
      : [left.cost.amount, right.cost.amount];
  const isNoWorse = spent <= otherSpent && left.retention >= right.retention;
  return isNoWorse && (spent < otherSpent || left.retention > right.retention);
}
