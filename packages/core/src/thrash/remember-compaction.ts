import type { CompactionInput } from '../compaction-input.ts';
import type { Finding } from '../describe-result.ts';
import type { Plan } from '../plan.ts';
import type { SessionState } from '../session-state.ts';
import { afterCompaction, opened } from './breaker.ts';
import { limitsOf } from './thrash-guard.ts';
import type { ThrashGuard } from './thrash-guard.ts';

/** The state that remembers what a plan came to, also where nothing came of it. What a person asked for is no sign. */
export function rememberCompaction<TItem>(
  state: SessionState,
  { prepared, engine, facts }: CompactionInput<TItem>,
  plan: Plan,
  { memory, breaker }: ThrashGuard,
  { changed }: Finding<TItem>,
): SessionState {
  if (facts.trigger === 'manual') return state;
  const { total, fixed } = prepared.measure;
  const after = changed?.entries.reduce((sum, { tokens }) => sum + tokens, fixed) ?? total;
  const isAsked = plan.steps.includes('summarize');
  const { triggerTokens } = prepared.window;
  const done = { call: state.calls, before: total, after, isAsked, triggerTokens };
  const now = breaker === 'open' ? opened(memory, state.calls) : memory;
  return { ...state, thrash: afterCompaction(now, breaker, done, limitsOf(engine.policy)) };
}
