import { describeShortfall } from '../shortfall.ts';
import type { Shortfall } from '../shortfall.ts';
import type { Thrash, ThrashSignal } from './thrashing.ts';

const because: Record<ThrashSignal, string> = {
  frequent: 'compactions come too often',
  quick_refill: 'the context was full again at the very next call, twice',
  small_reclaim: 'the last two compactions freed little',
  floor: 'the last compaction left the context above the trigger',
};

/** What to change about what holds the most, by the names that a shortfall gives. */
const remedies: Readonly<Record<string, string>> = {
  fixed: 'Send fewer or shorter tool schemas and instructions.',
  summary: 'Lower summary_max_tokens.',
  protected: 'Protect less.',
  in_flight: 'Let tools give less at once.',
  recent_turn: 'Keep fewer recent turns (keep_recent_turns).',
  recent_tool_pair: 'Keep fewer tool calls (keep_tool_io_pairs).',
  recent_tokens: 'Lower keep_recent_tokens.',
  recent_items: 'Lower keep_recent_items.',
  recent_pair_of_tool: 'Lower keep_pairs_per_tool.',
  named_tool: 'Name fewer tools in keep_tools.',
  ladder: 'Let tools give less at once, or add steps to the ladder.',
};

/** Why nothing was compacted, what holds the room, what to change, and when it is tried again. */
export function thrashAdvice(
  { signals, compactions, calls }: Thrash,
  shortfall: Shortfall | undefined,
  retryAtCall: number,
): string {
  const holder = shortfall?.heldBy[0]?.rule;
  const remedy = holder === undefined ? undefined : (remedies[holder] ?? `Loosen the keep rule ${holder}.`);
  return [
    `Compacting again would not help: ${[`${compactions} in ${calls} calls`, ...signals.map((signal) => because[signal])].join(', and ')}.`,
    shortfall === undefined ? [] : describeShortfall(shortfall),
    remedy ?? [],
    'Or use a model with a larger window.',
    `It is tried again at call ${retryAtCall}, and at once where the budget is exceeded.`,
  ]
    .flat()
    .join(' ');
}
