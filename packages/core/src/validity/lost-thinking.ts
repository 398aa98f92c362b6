import { isThinking } from '../dialects/anthropic-blocks.ts';
import type { Message } from './anthropic-message.ts';
import type { Comparison } from './new-defects.ts';

/**
 * While thinking is on, the message of a call must begin with the thinking that led to it, unchanged: it is signed
 * (Anthropic's guide to thinking, "Preserving thinking blocks"; "expected thinking or redacted_thinking, but found
 * tool_use"). Whether it is on, a list does not show: what had its thinking in the input must have it still.
 */
export function lostThinking(read: (item: object) => Message): Comparison {
  return (items, input) => {
    // What is the same object is the same: only edited messages are looked for.
    const given = new Set(input);
    const edited = items.flatMap((item, index) =>
      given.has(item) || read(item).calls.length === 0 ? [] : [{ message: read(item), index }],
    );
    if (edited.length === 0) return [];
    const before = new Map(input.flatMap((item) => read(item).calls.map((id) => [id, read(item)] as const)));
    return edited.flatMap(({ message, index }) => {
      const id = message.calls.find((call) => before.has(call));
      const old = id === undefined ? undefined : before.get(id);
      if (old === undefined || thoughtOf(old) === thoughtOf(message)) return [];
      const text = `the thinking before call ${id} is not what it was`;
      return [{ index, rule: 'thinking_changed', message: text }];
    });
  };
}

/** Each thinking block as it was signed, and whether the message begins with one. */
function thoughtOf({ blocks }: Message): string {
  const [first] = blocks;
  return JSON.stringify([first !== undefined && isThinking(first), blocks.filter(isThinking)]);
}
