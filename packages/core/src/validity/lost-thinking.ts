import { blocksOf, isClientCall, isThinking } from '../dialects/anthropic-blocks.ts';
import { fieldsOf, idOf } from '../dialects/fields-of.ts';
import type { Fields } from '../dialects/fields-of.ts';
import type { Comparison } from './new-defects.ts';

/**
 * While thinking is on, the message of a call must begin with the thinking that led to it, unchanged: it is signed
 * (Anthropic's guide to thinking, "Preserving thinking blocks"; "expected thinking or redacted_thinking, but found
 * tool_use"). Whether it is on, a list does not show: what had its thinking in the input must have it still.
 */
export const lostThinking: Comparison = (items, input) => {
  const before = new Map(input.flatMap((item) => callsOf(item).map((id) => [id, item] as const)));
  return items.flatMap((item, index) => {
    const id = callsOf(item).find((call) => before.has(call));
    const given = id === undefined ? undefined : before.get(id);
    if (given === undefined || given === item || thoughtOf(given) === thoughtOf(item)) return [];
    return [
      { index, rule: 'thinking_changed', message: `the thinking before call ${id} is not what it was` },
    ];
  });
};

function callsOf(item: object): readonly string[] {
  const { role, content } = fieldsOf(item);
  if (role !== 'assistant') return [];
  return blocksOf(content).flatMap((block) => (isClientCall(block) ? (idOf(block['id']) ?? []) : []));
}

/** Each thinking block as it was signed, and whether the message begins with one. */
function thoughtOf(item: object): string {
  const blocks: readonly Fields[] = blocksOf(fieldsOf(item)['content']);
  const [first] = blocks;
  return JSON.stringify([first !== undefined && isThinking(first), blocks.filter(isThinking)]);
}
