import type { Compaction, CompactionInput } from '../compaction-input.ts';
import { keepLevels } from '../keep.ts';
import { missed } from '../not-compacted.ts';
import { tellDecision } from '../tell-steps.ts';
import { opened } from './breaker.ts';
import { thrashAdvice } from './thrash-advice.ts';
import { describeGuard } from './thrash-guard.ts';
import type { ThrashGuard } from './thrash-guard.ts';

/** What fired, and when that began to be worked out. */
type Due = {
  readonly decidedFrom: number;
  readonly reason: string;
  readonly rule: string | undefined;
};

/** Compacting would not help, and the context fits: it stays as it is, and the advice says what to change. */
export function leaveAlone<TItem>(
  input: CompactionInput<TItem>,
  guard: ThrashGuard,
  { decidedFrom, reason, rule }: Due,
): Compaction<TItem> {
  const { engine, prepared } = input;
  const { state, resumed } = prepared;
  const thrash = describeGuard(guard);
  const why = thrash.signals.length === 0 ? 'since the last try' : thrash.signals.join(', ');
  tellDecision(input, decidedFrom, { triggered: false, reason: `thrashing (${why}): ${reason}`, rule });
  const lowest = keepLevels(engine.policy, engine.keepRules).at(-1);
  const { shortfall } = lowest === undefined ? {} : missed(input, { level: lowest }, resumed.entries);
  const advice = thrashAdvice(thrash, shortfall, guard.retryAtCall);
  const memory = opened(guard.memory, state.calls);
  return {
    state: memory.openedAt === guard.memory.openedAt ? state : { ...state, thrash: memory },
    finding: { outcome: 'futile', advice, thrash, ...(shortfall === undefined ? {} : { shortfall }) },
  };
}
