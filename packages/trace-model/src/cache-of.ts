import type { Call, CallCache } from './call.ts';
import type { Session } from './session.ts';

/** A call of which it is known what the provider's cache held. */
export type CachedCall = { readonly call: Call; readonly cache: CallCache };

/** What is known of the provider's prompt cache over a session. Tokens are estimates. */
export type SessionCache = {
  readonly calls: readonly CachedCall[];
  /** Calls in each state. */
  readonly warm: number;
  readonly cold: number;
  readonly unknown: number;
  /** Stretches of calls, each of which went on from the prompt before. */
  readonly epochs: number;
  /** What had to be read anew because of compactions. */
  readonly rewrittenTokens: number;
  /** Calls that say nothing of it: of an older engine, or not ended. */
  readonly unrecorded: number;
};

export function cacheOf({ calls }: Session): SessionCache {
  const cached = calls.flatMap((call) => (call.cache === undefined ? [] : [{ call, cache: call.cache }]));
  const inState = (state: CallCache['state']): number =>
    cached.filter(({ cache }) => cache.state === state).length;
  return {
    calls: cached,
    warm: inState('warm'),
    cold: inState('cold'),
    unknown: inState('unknown'),
    epochs: new Set(cached.map(({ cache }) => cache.epoch)).size,
    rewrittenTokens: cached.reduce((total, { cache }) => total + cache.rewritten_tokens, 0),
    unrecorded: calls.length - cached.length,
  };
}
