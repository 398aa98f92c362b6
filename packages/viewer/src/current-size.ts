import type { Basis, Call } from '@clew/trace-model';

/** The size of one prompt, and how it is known. Tokens. */
export type CurrentSize = {
  readonly tokens: number;
  readonly basis: Basis | undefined;
  /** Just cut, and the provider has not counted it yet. */
  readonly isPending: boolean;
};

/**
 * How much the context holds: what the provider reported of the call, cached parts included; until it has, the engine's own
 * number. Never a running total.
 */
export function currentSize(call: Call | undefined): CurrentSize | undefined {
  if (call === undefined) return undefined;
  const { usage, before, after, basis } = call;
  if (usage?.inputTokens !== undefined) {
    return { tokens: usage.inputTokens, basis: 'provider', isPending: false };
  }
  const tokens = (after ?? before)?.tokens;
  if (tokens === undefined) return undefined;
  return { tokens, basis, isPending: after !== undefined && before?.tokens !== after.tokens };
}
