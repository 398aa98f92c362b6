import type { Compaction, CompactionInput } from '../compaction-input.ts';
import { tellDecision } from '../tell-steps.ts';

/** A compaction that is not worth the warm cache: the context stays as it is. */
export function leaveWarm<TItem>(
  input: CompactionInput<TItem>,
  held: string,
  due: { readonly decidedFrom: number; readonly reason: string; readonly rule: string | undefined },
): Compaction<TItem> {
  const { decidedFrom, reason, rule } = due;
  tellDecision(input, decidedFrom, {
    triggered: false,
    reason: `the cache is warm (${held}): ${reason}`,
    rule,
  });
  const advice =
    `Compacting now would not pay: it ${held}. It is done once it frees more or the cache is cold, and at once where ` +
    'the budget is exceeded. To compact all the same, lower min_reclaim_pct or raise max_break_even_calls.';
  return { state: input.prepared.state, finding: { outcome: 'futile', advice } };
}
