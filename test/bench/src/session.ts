import type { ChatItem } from '@clew/core';

const words = [
  'the',
  'file',
  'error',
  'const',
  'return',
  'src/index.ts',
  'value',
  'function',
  '42',
  'not',
  '=>',
];

/** Text of a fixed seed, so that every run measures the same. */
export function textOf(length: number, seed: number): string {
  let text = '';
  let state = seed * 7919 + 1;
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += `${words[Math.floor(state / 65_536) % words.length] ?? ''} `;
  }
  return text.slice(0, length);
}

/** A session of tool calls: `count` items of some 75 tokens each. */
export function sessionOf(count: number): readonly ChatItem[] {
  return Array.from({ length: count }, (_, index) => itemOf(index));
}

export function itemOf(index: number): ChatItem {
  switch (index % 4) {
    case 0:
      return { role: 'user', content: textOf(280, index) };
    case 1:
      return {
        role: 'assistant',
        content: '',
        tool_calls: [
          { id: `call-${index}`, type: 'function', function: { name: 'read', arguments: textOf(60, index) } },
        ],
      };
    case 2:
      return { role: 'tool', tool_call_id: `call-${index - 1}`, content: textOf(500, index) };
    default:
      return { role: 'assistant', content: textOf(280, index) };
  }
}
