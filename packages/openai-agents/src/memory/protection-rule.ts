import type { AgentItem, ItemView, Role } from '@clew/core';

/** What may never leave the context and is never changed: a named predicate. */
export type ProtectionRule = {
  /** Why, for people: `whatIRemember` answers with it. */
  readonly label: string;
  readonly protects: (view: ItemView, item: AgentItem) => boolean;
};

/** The messages of these roles. */
export function protectRoles(label: string, ...roles: readonly Role[]): ProtectionRule {
  return { label, protects: ({ kind, role }) => kind === 'message' && roles.includes(role) };
}

/** The calls of these tools and what they answered. */
export function protectTools(label: string, ...tools: readonly string[]): ProtectionRule {
  return { label, protects: ({ tool }) => tool !== undefined && tools.includes(tool) };
}
