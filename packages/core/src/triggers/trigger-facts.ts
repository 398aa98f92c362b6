import type { Prepared } from '../prepare.ts';
import type { TriggerFacts } from './trigger-rule.ts';

/** What the triggers may look at. Turns are counted when they are first asked for: most policies never do. */
export function triggerFacts(prepared: Prepared<unknown>, now: number): TriggerFacts {
  const { state, measure, window, resumed } = prepared;
  const { lastCallAt, lastCompactedCall, calls } = state;
  let turns: number | undefined;
  return {
    tokens: measure.total,
    window,
    get turns() {
      turns ??= resumed.entries.filter(({ view }) => view.kind === 'message' && view.role === 'user').length;
      return turns;
    },
    items: resumed.list.length,
    cache: prepared.cache,
    ...(lastCallAt === undefined ? {} : { idleMillis: Math.max(0, now - lastCallAt) }),
    ...(lastCompactedCall === undefined ? {} : { callsSinceCompaction: calls - lastCompactedCall }),
  };
}
