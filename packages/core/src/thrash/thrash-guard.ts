import { defaultMinReclaim } from '../cache/hold-warm.ts';
import type { CompactPolicy } from '../policy.ts';
import type { Trigger, Window } from '../result.ts';
import { budgetOf } from '../window.ts';
import { breakerAt, mayAskModel } from './breaker.ts';
import { detectThrash } from './detect-thrash.ts';
import { noThrash } from './thrash-history.ts';
import type { ThrashLimits, ThrashMemory } from './thrash-history.ts';
import type { BreakerState, Thrash, Thrashing } from './thrashing.ts';

export type ThrashGuardInput = {
  readonly memory: ThrashMemory | undefined;
  readonly call: number;
  readonly trigger: Trigger;
  /** The prompt as it is. */
  readonly tokens: number;
  readonly window: Window;
  readonly limits: ThrashLimits;
};

/** What may be done at a call at which a compaction is due. */
export type ThrashGuard = {
  readonly memory: ThrashMemory;
  readonly breaker: BreakerState;
  /** Why the breaker is not closed. */
  readonly thrash: Thrash | undefined;
  /** Leave the context as it is: it fits, and compacting it would not help. */
  readonly isFutile: boolean;
  readonly mayAskModel: boolean;
  /** The first call at which a compaction is tried again. */
  readonly retryAtCall: number;
};

/** Every third call, or what frees less than a tenth: then a summary costs more than it saves. */
const defaults: ThrashLimits = {
  compactions: 3,
  calls: 10,
  cooldownCalls: 10,
  minReclaimRatio: defaultMinReclaim,
};

export function limitsOf(policy: CompactPolicy): ThrashLimits {
  return {
    compactions: policy.thrashCompactions ?? defaults.compactions,
    calls: policy.thrashCalls ?? defaults.calls,
    cooldownCalls: policy.thrashCooldownCalls ?? defaults.cooldownCalls,
    minReclaimRatio: policy.minReclaimPct ?? defaults.minReclaimRatio,
  };
}

export function describeGuard({ thrash, breaker, retryAtCall, memory }: ThrashGuard): Thrashing {
  return { ...(thrash ?? sinceOpened(memory, retryAtCall)), breaker, retryAtCall };
}

/** Who asks by hand, and a prompt that was refused, are served in any case; the latter without asking too often. */
export function guardAgainstThrash(input: ThrashGuardInput): ThrashGuard {
  const { memory = noThrash, call, trigger, tokens, window, limits } = input;
  const found = trigger === 'manual' ? undefined : detectThrash(memory.compactions, { call, window, limits });
  const breaker = trigger === 'manual' ? 'closed' : breakerAt(memory, found, call, limits);
  return {
    memory,
    breaker,
    thrash: breaker === 'closed' ? undefined : (found ?? sinceOpened(memory, call)),
    isFutile: breaker === 'open' && trigger === 'threshold' && tokens < budgetOf(window),
    mayAskModel: trigger === 'manual' || mayAskModel(memory, breaker, call, limits),
    retryAtCall: (memory.openedAt ?? call) + limits.cooldownCalls,
  };
}

/** The breaker is open still, and what opened it is long ago. */
function sinceOpened({ compactions, openedAt = 0 }: ThrashMemory, call: number): Thrash {
  return { signals: [], compactions: compactions.length, calls: call - openedAt + 1 };
}
