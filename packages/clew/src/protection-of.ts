import type { AgentItem, Protects } from '@clew/core';
import type { ProtectedMemory } from '@clew/openai-agents';

/** What the memory or the application's own predicate protects. */
export function protectionOf(
  { isProtected }: Pick<ProtectedMemory, 'isProtected'>,
  own: Protects<AgentItem> = () => false,
): Protects<AgentItem> {
  const both: Protects<AgentItem> = (view, item) => isProtected(view, item) || own(view, item);
  const version = () => (isProtected.version?.() ?? 0) + (own.version?.() ?? 0);
  return Object.assign(both, { version });
}
