import type { Entry } from './entry.ts';
import type { Prepared } from './prepare.ts';
import type { SessionState } from './session-state.ts';

/** The prompt as it is sent, to be held against the provider's next report. */
export function sentPrompt<TItem>(
  { state, resumed, anchored, weighed, fixed, measure }: Prepared<TItem>,
  changed: readonly Entry<TItem>[] | undefined,
): NonNullable<SessionState['prompt']> {
  const { length } = changed ?? resumed.list;
  const last = changed === undefined ? resumed.list.since(length - 1)[0] : changed.at(-1);
  const estimate =
    changed === undefined ? measure.total : changed.reduce((sum, { tokens }) => sum + tokens, measure.fixed);
  const overhead = fixed.instructions + fixed.tools - weighed.instructions - weighed.tools;
  const weight = (estimate - overhead) / state.scale;
  const prompt = { count: length, id: last?.id ?? '', weight, estimate };
  const { base, added } = anchored;
  return changed === undefined && base !== undefined
    ? { ...prompt, base, added }
    : { ...prompt, added: weight };
}
