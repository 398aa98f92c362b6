import { reclaimedRatio, withCompaction } from './thrash-history.ts';
import type { PastCompaction, ThrashLimits, ThrashMemory } from './thrash-history.ts';
import type { BreakerState, Thrash } from './thrashing.ts';

/** Where the breaker stands at a call at which a compaction is due. */
export function breakerAt(
  { openedAt }: ThrashMemory,
  thrash: Thrash | undefined,
  call: number,
  { cooldownCalls }: ThrashLimits,
): BreakerState {
  if (openedAt === undefined) return thrash === undefined ? 'closed' : 'open';
  return call - openedAt < cooldownCalls ? 'open' : 'half_open';
}

/** The memory with a breaker that has just opened, or is open still. */
export function opened(memory: ThrashMemory, call: number): ThrashMemory {
  return { ...memory, openedAt: memory.openedAt ?? call };
}

/** After a compaction: a try that helped closes the breaker, one that did not opens it for as long again. */
export function afterCompaction(
  memory: ThrashMemory,
  state: BreakerState,
  done: PastCompaction & { readonly triggerTokens: number },
  limits: ThrashLimits,
): ThrashMemory {
  const { triggerTokens, ...past } = done;
  const compactions = [...withCompaction(memory, past, limits)];
  const hasHelped = reclaimedRatio(past) >= limits.minReclaimRatio && past.after < triggerTokens;
  if (state === 'half_open') return hasHelped ? { compactions } : { compactions, openedAt: past.call };
  return memory.openedAt === undefined ? { compactions } : { compactions, openedAt: memory.openedAt };
}

/**
 * Whether a model may be asked for a summary at this call. In any `limits.calls` calls of a session, at most
 * `limits.compactions` runs ask one, but for those that a person asked for: over `n` calls at most
 * `compactions × ⌈n / calls⌉`.
 */
export function mayAskModel(
  { compactions }: ThrashMemory,
  state: BreakerState,
  call: number,
  limits: ThrashLimits,
): boolean {
  const asked = compactions.filter((past) => past.isAsked && past.call > call - limits.calls);
  return state !== 'open' && asked.length < limits.compactions;
}
