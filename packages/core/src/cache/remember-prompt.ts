import type { Prepared } from '../prepare.ts';
import type { CompactResult } from '../result.ts';
import type { SessionState } from '../session-state.ts';
import { noCache } from './cache-memory.ts';
import type { CacheLane, CacheMemory } from './cache-memory.ts';
import { laneOf } from './cache-view.ts';

/** Agents that take turns in a session; more than this at once are not worth their memory. */
const maxLanes = 4;

export type SentPrompt = {
  /** The prompt as it goes out. */
  readonly prompt: Pick<NonNullable<SessionState['prompt']>, 'count' | 'id'>;
  readonly result: Pick<CompactResult<unknown>, 'trigger' | 'splice' | 'prefixTokens' | 'cache'>;
  /** In epoch milliseconds. */
  readonly at: number;
};

/** The memory with what is sent now. */
export function rememberPrompt(
  { state, cache, caching, resumed }: Pick<Prepared<unknown>, 'state' | 'cache' | 'caching' | 'resumed'>,
  { prompt, result, at }: SentPrompt,
): CacheMemory {
  const { cache: memory = noCache } = state;
  const { model, preamble } = caching;
  const before = laneOf(memory, model, preamble);
  const { trigger, splice, prefixTokens = Infinity } = result;
  const isSent = trigger !== 'manual';
  if (!isSent && splice === undefined) return memory;
  // What a person had compacted is sent with the next call: until then, only what stands before it was.
  const { count, id } =
    isSent || splice === undefined ? prompt : startOf(resumed.entries, splice.index, before?.count);
  const lane: CacheLane = {
    model,
    preamble,
    at: isSent ? at : (before?.at ?? at),
    count,
    id,
    sharedTokens: Math.min(cache.sharedTokens, prefixTokens),
    ...(cache.idleMillis === undefined ? {} : { idleMillis: cache.idleMillis }),
    ...(before?.read === undefined ? {} : { read: before.read }),
    ...(before?.written === undefined ? {} : { written: before.written }),
    misses: before?.misses ?? 0,
  };
  const others = memory.lanes.filter((other) => other !== before);
  return { ...memory, epoch: result.cache.epoch, lanes: [lane, ...others].slice(0, maxLanes) };
}

function startOf(
  entries: readonly { readonly id: string }[],
  index: number,
  sentCount = 0,
): Pick<CacheLane, 'count' | 'id'> {
  const count = Math.min(index, sentCount);
  return { count, id: entries[count - 1]?.id ?? '' };
}
