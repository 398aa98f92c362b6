import type { Entry } from '../entry.ts';
import type { GrowingList } from '../growing-list.ts';
import { leastCachedTokens, noCache } from './cache-memory.ts';
import type { CacheLane, CacheMemory } from './cache-memory.ts';

/** `warm`: the provider reported that it reads or has written this prompt. `unknown`: nothing speaks for either. */
export const cacheStates = ['warm', 'cold', 'unknown'] as const;
export type CacheState = (typeof cacheStates)[number];

export const cacheReasons = [
  /** Nothing was sent before. */
  'first_call',
  /** It goes to a model that has not been sent this session. */
  'model_changed',
  /** The instructions or the tools are others: nothing behind them can be read. */
  'preamble_changed',
  /** It does not begin with what was sent before. */
  'history_changed',
  /** The session has rested longer than the provider keeps a prompt. */
  'idle',
  /** The provider has read next to nothing of what it had been sent: once is unknown, twice is cold. */
  'missed',
  /** The provider reported that it neither read nor wrote anything. */
  'not_cached',
  'read',
  'written',
  /** The provider has reported nothing of its cache. */
  'not_reported',
] as const;
export type CacheReason = (typeof cacheReasons)[number];

/** What the provider's cache holds of a prompt that is about to be sent. */
export type CacheView = {
  readonly state: CacheState;
  readonly reason: CacheReason;
  /** Tokens at its beginning that were sent before in the same way. */
  readonly sharedTokens: number;
  /** How long the lane has rested, in milliseconds; absent where it is new. */
  readonly idleMillis?: number;
};

export type CacheFacts = {
  readonly memory: CacheMemory | undefined;
  readonly model: string;
  /** Digest of the instructions and tools. */
  readonly preamble: string;
  readonly list: GrowingList<Entry<unknown>>;
  /** Tokens of the whole prompt. */
  readonly totalTokens: number;
  /** Whether an earlier splice was looked for in vain: then the beginning has changed. */
  readonly hasLostSplice: boolean;
  readonly now: number;
  readonly coldAfterMillis: number;
};

/** Pure: from what was sent, and what the provider said of it. */
export function cacheViewOf(facts: CacheFacts): CacheView {
  const { memory = noCache, model, preamble, now } = facts;
  const lane = laneOf(memory, model, preamble);
  if (lane === undefined) return withoutLane(memory, model);
  const idleMillis = Math.max(0, now - lane.at);
  const sharedTokens = sharedWith(lane, facts);
  const view = { sharedTokens, idleMillis };
  if (sharedTokens === 0) {
    return { ...view, state: facts.hasLostSplice ? 'cold' : 'unknown', reason: 'history_changed' };
  }
  if (idleMillis >= Math.max(facts.coldAfterMillis, memory.outlivedMillis ?? 0)) {
    return { ...view, state: 'cold', reason: 'idle' };
  }
  return { ...reported(lane, sharedTokens), idleMillis };
}

export function laneOf({ lanes }: CacheMemory, model: string, preamble: string): CacheLane | undefined {
  return lanes.find((lane) => lane.model === model && lane.preamble === preamble);
}

function withoutLane({ lanes }: CacheMemory, model: string): CacheView {
  if (lanes.length === 0) return { state: 'unknown', reason: 'first_call', sharedTokens: 0 };
  const isKnown = lanes.some((lane) => lane.model === model);
  return { state: 'cold', reason: isKnown ? 'preamble_changed' : 'model_changed', sharedTokens: 0 };
}

/** The whole of what was sent, where this prompt begins with it: by the last of its items, which carry their content. */
function sharedWith({ count, id }: CacheLane, { list, totalTokens }: CacheFacts): number {
  if (count > list.length) return 0;
  if (count > 0 && list.since(count - 1)[0]?.id !== id) return 0;
  return list.since(count).reduce((rest, { tokens }) => rest - tokens, totalTokens);
}

function reported({ read, written, misses }: CacheLane, sharedTokens: number): CacheView {
  const hasWritten = written !== undefined && written > 0;
  if (misses > 1) return { state: 'cold', reason: 'missed', sharedTokens };
  // The call that missed has written what it missed.
  if (misses === 1 && !hasWritten) return { state: 'unknown', reason: 'missed', sharedTokens };
  if (misses === 0 && read !== undefined && read > 0) return { state: 'warm', reason: 'read', sharedTokens };
  if (hasWritten) return { state: 'warm', reason: 'written', sharedTokens };
  const isSaid = read === 0 && written === 0 && sharedTokens >= leastCachedTokens;
  return isSaid
    ? { state: 'cold', reason: 'not_cached', sharedTokens }
    : { state: 'unknown', reason: 'not_reported', sharedTokens };
}

/** What the cache serves of the prompt as it is; `undefined` where that is unknown. */
export function cachedTokensOf({ state, sharedTokens }: CacheView): number | undefined {
  if (state === 'unknown') return undefined;
  return state === 'warm' ? sharedTokens : 0;
}
