import type { ItemView } from '@clew/core';
import type { SessionContent } from '../sessions/session-format.ts';
import { promptOf, usageOf } from './recorded-usage.ts';
import type { RecordedUsage } from './recorded-usage.ts';

/** A call of the model: what stood before `index` was its prompt, what stands there its answer. */
export type RecordedCall = {
  readonly index: number;
  readonly recorded?: RecordedUsage;
  /** The prompt as the provider would have counted it, had the recorder never compacted; absent where none was counted. */
  readonly wholeTokens?: number;
};

/** Where a prompt is this much smaller than the one before, the recorder had compacted. */
const compactedBelow = 0.8;

/** The answers that have a usage; where the recording has none at all, each first answer after something else. */
export function recordedCalls(
  { items }: SessionContent,
  views: readonly ItemView[],
): readonly RecordedCall[] {
  const usages = items.map(usageOf);
  if (usages.every((usage) => usage === undefined)) {
    return views.flatMap(({ role }, index) =>
      role === 'assistant' && views[index - 1]?.role !== 'assistant' ? [{ index }] : [],
    );
  }
  let [whole, before] = [0, 0];
  return usages.flatMap((recorded, index) => {
    if (recorded === undefined) return [];
    const prompt = promptOf(recorded);
    const isOwn = prompt >= before * compactedBelow;
    if (isOwn) whole = Math.max(1, whole + prompt - before);
    before = prompt;
    return [{ index, recorded, wholeTokens: whole }];
  });
}

/** When the first call that has a usage was answered, in epoch milliseconds; nothing where no time was recorded. */
export function startOf({ items }: Pick<SessionContent, 'items'>): number | undefined {
  for (const item of items) {
    const at = usageOf(item)?.at;
    if (at !== undefined) return at;
  }
  return undefined;
}
