import { sentTokens, type Basis, type Call } from '@clew/trace-model';

/** When the trigger will be reached, if the context goes on growing as it does. */
export type Projection = {
  /** Further calls until a prompt is at its trigger; 0 where the latest one is. */
  readonly calls: number;
  /** Tokens by which a call is larger than the one before: the mean. */
  readonly growth: number;
  /** How many steps from call to call that is taken from. */
  readonly steps: number;
  /** How the sizes were obtained. */
  readonly basis?: Basis;
};

/** Older steps than these say little of how the agent works now. */
const longest = 12;
/** Fewer are no trend. */
const fewest = 3;

/**
 * From the latest calls since the last cut: a cut, another model or another way of counting begins anew. `undefined` where
 * there are too few of them, where nothing grows, and where there is no trigger.
 */
export function projectTrigger(calls: readonly Call[]): Projection | undefined {
  const sizes = latestStretch(calls);
  const [first] = sizes;
  const last = calls.at(-1);
  const trigger = last?.window?.trigger;
  const now = last && sentTokens(last);
  if (first === undefined || now === undefined || trigger === undefined || sizes.length <= fewest) {
    return undefined;
  }
  const steps = sizes.length - 1;
  const growth = (now - first) / steps;
  if (growth <= 0) return undefined;
  const left = Math.max(0, Math.ceil((trigger - now) / growth));
  return { calls: left, growth, steps, ...(last?.basis !== undefined && { basis: last.basis }) };
}

/** Sizes of the calls that can be compared with the latest, in order. A cut's own call is the first of them. */
function latestStretch(calls: readonly Call[]): readonly number[] {
  const last = calls.at(-1);
  const sizes: number[] = [];
  for (let at = calls.length - 1; at >= 0 && sizes.length <= longest; at -= 1) {
    const call = calls[at];
    const tokens = call && sentTokens(call);
    if (tokens === undefined || call?.basis !== last?.basis || call?.model !== last?.model) break;
    sizes.push(tokens);
    if (call?.after !== undefined && call.before?.tokens !== call.after.tokens) break;
  }
  return sizes.toReversed();
}
