import { defaultColdAfterMillis } from '../cache/cache-memory.ts';
import { explain } from './trigger-rule.ts';
import type { TriggerFacts, TriggerRule } from './trigger-rule.ts';

/** Fires once more than this many user messages are in the context. */
export function afterTurns(turns: number): TriggerRule {
  return {
    name: 'turns',
    fires: (facts) => facts.turns > turns,
    because: (facts) => `${facts.turns} turns > ${turns}`,
  };
}

/** Fires once more than this many items are in the context. */
export function afterItems(items: number): TriggerRule {
  return {
    name: 'items',
    fires: (facts) => facts.items > items,
    because: (facts) => `${facts.items} items > ${items}`,
  };
}

/** Fires when the session has rested this long: a provider's prompt cache has expired by then. */
export function whenIdleFor(millis: number): TriggerRule {
  return {
    name: 'idle',
    goal: 'target',
    fires: ({ idleMillis }) => idleMillis !== undefined && idleMillis >= millis,
    because: ({ idleMillis = 0 }) => `idle for ${idleMillis} ms >= ${millis} ms`,
  };
}

/**
 * Fires when the provider's prompt cache is cold, so that the prompt has to be read anew in any case: after a rest, with
 * another model or other tools, or where the provider reports that nothing is cached.
 *
 * @param millis the rest after which it is cold where nothing else is known
 */
export function whenCacheIsCold(millis: number = defaultColdAfterMillis): TriggerRule {
  const idle = whenIdleFor(millis);
  return {
    ...idle,
    name: 'cold_cache',
    fires: (facts) => (isKnown(facts) ? facts.cache?.state === 'cold' : idle.fires(facts)),
    because: (facts) =>
      idle.fires(facts) ? explain(idle, facts) : `the cache is cold (${facts.cache?.reason ?? 'idle'})`,
  };
}

function isKnown({ cache }: TriggerFacts): boolean {
  return cache !== undefined && cache.state !== 'unknown';
}
