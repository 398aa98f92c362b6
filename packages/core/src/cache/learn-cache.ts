import type { Usage } from '../usage.ts';
import { leastCachedTokens } from './cache-memory.ts';
import type { CacheLane, CacheMemory } from './cache-memory.ts';

/** Of what was sent before, this share is read again where the cache was warm: the last write may not have landed. */
const hitShare = 0.5;

/**
 * What a provider's report says of its cache. Pure. A report tells how warm the cache was when that call came; the call
 * itself has written the cache, so that a single miss says little of the next one, and two in a row that nothing stays.
 *
 * @param usage of the prompt that was last prepared
 * @param coldAfterMillis a miss after a longer rest is none
 */
export function learnCache(
  memory: CacheMemory,
  usage: Usage | undefined,
  coldAfterMillis: number,
): CacheMemory {
  const [lane, ...others] = memory.lanes;
  const { cacheReadInputTokens: read, cacheWriteInputTokens: written } = usage ?? {};
  if (lane === undefined || (read === undefined && written === undefined)) return memory;
  const told = {
    ...lane,
    ...(read === undefined ? {} : { read }),
    ...(written === undefined ? {} : { written }),
  };
  const isTelling = read !== undefined && lane.sharedTokens >= leastCachedTokens;
  if (!isTelling) return { ...memory, lanes: [told, ...others] };
  const { idleMillis = 0 } = lane;
  const isHit = read >= hitShare * lane.sharedTokens;
  const keptFor = Math.max(coldAfterMillis, memory.outlivedMillis ?? 0);
  const outlived = isHit && idleMillis > keptFor ? { outlivedMillis: idleMillis } : {};
  return { ...memory, ...outlived, lanes: [{ ...told, misses: missesOf(lane, isHit, keptFor) }, ...others] };
}

function missesOf({ misses, idleMillis = 0 }: CacheLane, isHit: boolean, keptFor: number): number {
  if (isHit) return 0;
  return idleMillis < keptFor ? misses + 1 : misses;
}
