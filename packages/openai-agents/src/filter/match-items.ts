import { agents } from '@clew/core';

/**
 * For each item of `after` the position in `before` that it comes from: the same object, an equal one, or the call or
 * result whose content was changed. `undefined` for what was inserted. Both lists have the same order, so that of
 * equal items the latest is meant.
 */
export function matchItems(
  before: readonly object[],
  after: readonly object[],
): readonly (number | undefined)[] {
  const sources: (number | undefined)[] = [];
  let end = before.length;
  for (const item of after.toReversed()) {
    const isSource = sourceOf(item);
    const found = before.findLastIndex((other, index) => index < end && isSource(other));
    sources.push(found === -1 ? undefined : found);
    if (found !== -1) end = found;
  }
  return sources.toReversed();
}

function sourceOf(item: object): (other: object) => boolean {
  const key = callKey(item);
  if (key !== undefined) return (other) => other === item || callKey(other) === key;
  const json = JSON.stringify(item);
  return (other) =>
    other === item ||
    (Reflect.get(other, 'role') === Reflect.get(item, 'role') && JSON.stringify(other) === json);
}

/** What is edited keeps its type and the ids of its call. */
function callKey(item: object): string | undefined {
  const callId: unknown = Reflect.get(item, 'callId');
  if (typeof callId !== 'string') return undefined;
  return `${agents.inspect(item).kind} ${String(Reflect.get(item, 'type'))} ${callId}`;
}
