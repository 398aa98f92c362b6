import type { TriggerRule } from './trigger-rule.ts';

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
