import type { AgentInputItem } from '@openai/agents-core';

const opening = '(The conversation goes on from here.)';

/**
 * Anthropic takes a list only where the user comes first, or a compaction of its own. Where a summary of the engine's has
 * come to stand there, which is the assistant's, a word of the user's is put before it, the same at every call.
 */
export function userFirst(input: AgentInputItem[]): AgentInputItem[] {
  const first = input.find((item) => !('role' in item) || item.role !== 'system');
  const isUsers =
    first === undefined || ('role' in first && first.role === 'user') || first.type === 'compaction';
  if (isUsers) return input;
  const at = input.indexOf(first);
  return [...input.slice(0, at), { type: 'message', role: 'user', content: opening }, ...input.slice(at)];
}
