import { blocksOf, isClientCall, isClientResult } from '../dialects/anthropic-blocks.ts';
import { fieldsOf, idOf } from '../dialects/fields-of.ts';
import type { Fields } from '../dialects/fields-of.ts';

/** A message of the Messages API, as its rules look at it. */
export type Message = {
  /** `undefined` for a role that nobody knows: such a message is not looked into. */
  readonly role: 'user' | 'assistant' | undefined;
  readonly blocks: readonly Fields[];
  /** Calls of the caller's tools: only the assistant's count. */
  readonly calls: readonly string[];
  /** Calls that it answers: only a user's count. */
  readonly results: readonly string[];
};

export function readMessage(item: object | undefined): Message {
  const { role, content } = fieldsOf(item);
  if (role !== 'user' && role !== 'assistant') return { role: undefined, blocks: [], calls: [], results: [] };
  const blocks = blocksOf(content);
  const isUser = role === 'user';
  return {
    role,
    blocks,
    calls: isUser ? [] : blocks.flatMap((block) => (isClientCall(block) ? (idOf(block['id']) ?? []) : [])),
    results: isUser
      ? blocks.flatMap((block) => (isClientResult(block) ? (idOf(block['tool_use_id']) ?? []) : []))
      : [],
  };
}
